import { setTimeout } from "node:timers/promises";
import { codesScreen } from "@/e2e/screens/codes";
import { loginScreen } from "@/e2e/screens/login";
import { letBetween, letIn } from "@/e2e/support/entry";
import { expect } from "@/e2e/support/fixtures";
import { focusedStop } from "@/e2e/support/focus";
import { passkeyScreens } from "@/e2e/support/gallery-passkeys";
import { moveIn } from "@/e2e/support/house";
import { looksRight } from "@/e2e/support/looks";
import { isIn, logOut, passkeyButton, pressPasskey, saysCalmly, toStepUp, withOne } from "@/e2e/support/passkey-moves";
import { names, test } from "@/e2e/support/passkey-portal";
import { virtualKey } from "@/e2e/support/passkeys";
import { demandFactorOf } from "@/e2e/support/send-times";
import { withPasskey } from "@/lib/testing/passkeys";

test.describe.configure({ mode: "default" }); // one portal for all of them

test("a passkey is renamed, of which its keeper hears nothing, and its removal waits where it is the last strong factor", async ({
  visit,
}) => {
  const { house, context, page } = visit;
  const ada = await moveIn(house, { codes: true });
  const key = await virtualKey(context, page);
  const passkey = await withPasskey(house.ctx, ada);
  await key.takes(passkey, { rpId: names.now, userId: ada.userId, signCount: 10 });
  const called = async () => (await key.credentials()).map(({ userName }) => userName);
  await letIn(house, context, ada);
  await page.goto("/security");
  await expect.poll(called).toEqual([ada.email]);
  await page.getByRole("link", { name: "Manage Laptop" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Blue laptop");
  await page.getByRole("button", { name: "Save name" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The name is saved." })).toBeVisible();
  expect([await key.ids(), await called()]).toEqual([[passkey.id], [ada.email]]);
  await page.getByRole("link", { name: "Remove", exact: true }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await key.confirms(true);
  await pressPasskey(page);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page).toHaveURL(/done=waits/); // its owner can stop it for a day
  await expect(page.getByText("Waiting: Remove a second factor (Blue laptop)")).toBeVisible();
  await expect(page.locator(".row-title", { hasText: "Blue laptop" })).toBeVisible();
});

test("whoever has lost their passkey gives up calmly, goes on by another way, and reads at a step-up where a new password comes from", async ({
  visit,
}) => {
  const { house, context, page } = visit;
  const grace = await moveIn(house, { apps: 1 });
  const key = await virtualKey(context, page);
  await withPasskey(house.ctx, grace); // on another device
  await letBetween(house, context, grace);
  await page.goto("/challenge/passkey");
  await pressPasskey(page);
  await saysCalmly(page, "Nothing was confirmed.");
  expect((await focusedStop(page)).name, "the work goes on where it was").toBe("Use a passkey");
  await page.getByRole("link", { name: "Try another way" }).click();
  await page.getByRole("link", { name: "A passkey or security key" }).click();
  await expect(passkeyButton(page)).toBeVisible();

  await letIn(house, context, grace);
  await toStepUp(visit, grace);
  await expect(page.getByText("Lost it? Choose a new password by letter")).toBeVisible(); // with her app she gets in, but no new password without it
  await expect(page.getByRole("link", { name: "Forgot your password?" })).toHaveAttribute("href", "/forgot-password");
  expect(await key.credentials()).toEqual([]);
});

test("tabs of the login page that open together do not break each other: by the button in two of them, and by what waits in the field of the third", async ({
  visit: { house, context },
}) => {
  const person = await moveIn(house);
  const passkey = await withPasskey(house.ctx, person);
  const asked = { count: 0 };
  await context.route(/\/login\/passkey/, async (route) => {
    asked.count += 1; // they ask in the same moment, as far as they let each other
    for (let time = 0; time < 10 && asked.count < 2; time += 1) await setTimeout(50);
    await route.continue();
  });
  const open = async (signCount: number) => {
    const page = await context.newPage();
    const key = await virtualKey(context, page);
    await key.takes(passkey, { rpId: names.now, userId: person.userId, signCount });
    await key.confirms(false);
    return { page, key };
  };
  const [one, other, waiting] = await Promise.all([open(10), open(20), open(30)]);
  await waiting.page.clock.install();
  await Promise.all([one, other, waiting].map(({ page }) => page.goto("/login", { waitUntil: "networkidle" })));
  for (const { page, key } of [one, other]) {
    await key.confirms(true);
    await pressPasskey(page);
    await isIn(page);
  }
  await waiting.key.confirms(true);
  await waiting.page.clock.runFor(240_000);
  await isIn(waiting.page);
});

test("what waits in the field of the name is renewed for as long as it waits, an hour too, and one choice there opens both doors", async ({
  visit,
}) => {
  const { context, page } = visit;
  const key = await virtualKey(context, page);
  await withOne(visit, key);
  await key.confirms(false);
  await page.clock.install();
  const asked = () => page.waitForResponse(/\/login\/passkey/);
  const tooOld = () => context.clearCookies({ name: /signing-in/ }); // nobody could answer the challenge of now any more
  await Promise.all([asked(), page.goto("/login")]);
  for (let minute = 0; minute < 60; minute += 4) {
    await tooOld();
    const [renewed] = await Promise.all([asked(), page.clock.runFor(240_000)]);
    expect(renewed.status()).toBe(200);
  }
  await tooOld();
  await key.confirms(true); // from the next dialogue on
  await page.clock.runFor(240_000);
  await isIn(page);
});

test("whoever must have a second factor makes a passkey on their way in; whoever has none is offered one until they say not now", async ({
  visit: { house, context, page },
}) => {
  const key = await virtualKey(context, page);
  const [owing, free] = [await moveIn(house), await moveIn(house)];
  await demandFactorOf(house, owing);
  await key.confirms(false);
  await page.goto("/login");
  await loginScreen(page).does.logIn(free);
  await isIn(page);
  await expect(page.getByText("With a passkey you log in without your password")).toBeVisible();
  await expect(page.getByRole("link", { name: "Set up a second step" })).toBeHidden(); // one thing to do at a time
  await page.getByRole("button", { name: "Not now" }).click();
  await expect(page.getByText("With a passkey you log in without your password")).toBeHidden();
  await logOut(page, key);

  await loginScreen(page).does.logIn(owing);
  await page.getByRole("button", { name: /^Passkey/ }).click();
  await key.confirms(true);
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await codesScreen(page).does.save();
  await isIn(page);
  expect(await key.credentials()).toMatchObject([{ rpId: names.now }]);
});

test("after a login with the password a passkey is made without a dialogue (what this browser cannot be driven to do, its navigator.credentials.create does with one); it opens the first door once it has served", async ({
  visit: { house, context, page },
}) => {
  const ada = await moveIn(house, { apps: 1 });
  const key = await virtualKey(context, page);
  await letIn(house, context, ada);
  await house.sql("UPDATE devices SET created_at = now() - interval '8 days' WHERE user_id = $1", [ada.userId]);
  await house.sql("UPDATE users SET password_changed_at = now() - interval '8 days' WHERE id = $1", [ada.userId]);
  await page.addInitScript(() => {
    const create = navigator.credentials.create.bind(navigator.credentials);
    navigator.credentials.create = ({
      mediation,
      ...asked
    }: CredentialCreationOptions & { mediation?: string } = {}) =>
      mediation === "conditional" ? create(asked) : Promise.reject(new Error("A dialogue was asked for."));
  });
  await page.goto("/security");
  await expect(page.getByText("made by your browser", { exact: true })).toBeVisible();
  expect(await key.credentials()).toMatchObject([{ rpId: names.now }]);

  await logOut(page, key);
  await key.confirms(true);
  await pressPasskey(page);
  await saysCalmly(page, "Log in with your password first");
  await key.confirms(false);
  await page.goto("/login");
  await loginScreen(page).does.logIn(ada);
  await expect(page).toHaveURL(/\/challenge\/passkey/);
  await key.confirms(true);
  await pressPasskey(page);
  await isIn(page);
  const out = page.waitForURL(/\/login/, { waitUntil: "commit" });
  await page.getByRole("banner").getByRole("button", { name: "Log out" }).click();
  await out;
  await isIn(page); // the field of the login page's name has asked for it by itself, and it answered
});

test("its screens look right", async ({ visit }) => {
  test.setTimeout(240_000); // all of them, one after the other
  const { "passkey-security": _, ...others } = passkeyScreens; // its badges stand on the list of "passkey-second" too
  for (const open of Object.values(others)) {
    await visit.context.clearCookies();
    await visit.page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await visit.page.setViewportSize({ width: 1280, height: 900 });
    await open(visit);
    await looksRight(visit.page);
  }
});
