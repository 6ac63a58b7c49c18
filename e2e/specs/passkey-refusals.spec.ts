import type { Page } from "@playwright/test";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { letBetween, letIn } from "@/e2e/support/entry";
import { expect } from "@/e2e/support/fixtures";
import { moveIn } from "@/e2e/support/house";
import { isIn, passkeyButton, pressPasskey, saysCalmly } from "@/e2e/support/passkey-moves";
import { names, test, type Visit } from "@/e2e/support/passkey-portal";
import { virtualKey } from "@/e2e/support/passkeys";
import { withPasskey } from "@/lib/testing/passkeys";

test.describe.configure({ mode: "default" }); // one portal for all of them

/** Somebody with an app and a passkey that this browser does not hold. */
async function withBoth({ house }: Pick<Visit, "house">) {
  const person = await moveIn(house, { apps: 1, codes: true });
  await withPasskey(house.ctx, person);
  return person;
}

/** One sentence, not a stack of them, and the way on. */
async function isCalm(page: Page, text: string) {
  await saysCalmly(page, text);
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(1);
}

const cannot = "This browser cannot do that with passkeys here. Choose another way";

test("a browser without WebAuthn says so at each page that asks for a passkey, and the other ways lead in", async ({
  visit,
}) => {
  const { house, context, page } = visit;
  const ada = await withBoth(visit);
  await context.addInitScript(() => {
    Object.defineProperty(window, "PublicKeyCredential", { value: undefined });
    Object.defineProperty(Navigator.prototype, "credentials", { get: () => undefined });
  });
  await page.goto("/login");
  for (const _ of ["once", "and again"]) {
    await pressPasskey(page);
    await isCalm(page, cannot);
  }
  await loginScreen(page).does.logIn(ada);
  await expect(page).toHaveURL(/\/challenge/);
  await page.goto("/challenge/passkey");
  await pressPasskey(page);
  await isCalm(page, cannot);
  await challengeScreen(page).does.chooseAnotherWay();
  await expect(page.getByRole("link", { name: "Code from your authenticator app" })).toBeVisible();

  await letIn(house, context, await moveIn(house));
  await page.goto("/security");
  await isIn(page);
  await page.goto("/security/factors/new");
  await page.getByRole("button", { name: "Start: Passkey" }).click();
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await isCalm(page, cannot);
});

test("without scripts no page has a button for a passkey that does nothing, and each that asks for one says what to do", async ({
  visit: { house, context },
}) => {
  const plain = await context.browser()?.newContext({ baseURL: house.url, javaScriptEnabled: false });
  if (!plain) throw new Error("A context of a story belongs to a browser.");
  const page = await plain.newPage();
  const needsScripts = page.getByText("A passkey needs JavaScript, which is off in this browser.");
  const noDeadButton = () => expect(page.locator("button[type=button]:visible")).toHaveCount(0);

  await page.goto("/login");
  await expect(passkeyButton(page)).toBeHidden();
  await expect(page.getByRole("button", { name: `Use a passkey of ${names.before}` })).toBeHidden();
  await noDeadButton();

  await letBetween(house, plain, await withBoth({ house }));
  await page.goto("/challenge/passkey");
  await expect(needsScripts).toBeVisible();
  await expect(passkeyButton(page)).toBeHidden();
  await noDeadButton();
  await challengeScreen(page).does.chooseAnotherWay();
  await expect(page.getByRole("link", { name: "Code from your authenticator app" })).toBeVisible();

  const ada = await moveIn(house);
  await letIn(house, plain, ada);
  const start = page.locator("form:has(input[value=passkey]) button");
  for (const path of ["/security", "/security/factors/new"]) {
    await page.goto(path);
    await expect(needsScripts).toBeVisible();
    await expect(start).toBeHidden();
    await noDeadButton();
  }
  expect(await house.sql("SELECT id FROM factors WHERE user_id = $1", [ada.userId])).toEqual([]);
  await start.dispatchEvent("click"); // as if it had been begun while scripts still ran
  await expect(needsScripts).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toBeHidden();
  await expect(page.getByRole("button", { name: "Make a passkey" })).toBeHidden();
  await noDeadButton();
  await page.getByRole("button", { name: "Cancel" }).click();
  await isIn(page);
  await plain.close();
});

/** As if the five minutes that a dialogue waits for were as short as this. */
const waitBriefly = () => {
  const read = PublicKeyCredential.parseRequestOptionsFromJSON;
  PublicKeyCredential.parseRequestOptionsFromJSON = (options) => {
    options.timeout = 300;
    return read.call(PublicKeyCredential, options);
  };
};

test("a dialogue that waited for too long says so calmly at both doors, and the button asks again", async ({
  visit,
}) => {
  const { house, context, page } = visit;
  const key = await virtualKey(context, page, { transport: "usb" });
  const grace = await withBoth(visit);
  const late = "That took too long, so your browser has stopped asking.";
  await key.confirms(false);
  await context.addInitScript(waitBriefly);
  await page.goto("/login");
  await pressPasskey(page);
  await isCalm(page, late);
  await expect(passkeyButton(page)).toBeFocused();

  await letBetween(house, context, grace);
  await page.goto("/challenge/passkey");
  await pressPasskey(page);
  await isCalm(page, late);
  await expect(passkeyButton(page)).toBeEnabled();
});
