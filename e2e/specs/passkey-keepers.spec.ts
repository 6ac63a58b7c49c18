import { letIn } from "@/e2e/support/entry";
import { expect } from "@/e2e/support/fixtures";
import { isIn, logOut, makePasskey, pressPasskey, saysCalmly, withAnother, withOne } from "@/e2e/support/passkey-moves";
import { names, test } from "@/e2e/support/passkey-portal";
import { virtualKey } from "@/e2e/support/passkeys";
import { changeEmail } from "@/lib/operator/change-email";

test.describe.configure({ mode: "default" }); // one portal for all of them

test("a passkey that was removed here is dropped by its keeper", async ({ visit }) => {
  const { house, context, page } = visit;
  const key = await virtualKey(context, page);
  const { factorId } = await withOne(visit, key);
  await house.sql("DELETE FROM factors WHERE id = $1", [factorId]);
  await key.confirms(false);
  await page.goto("/login");
  await key.confirms(true);
  await pressPasskey(page);
  await saysCalmly(page, "Nobody here has that passkey.");
  await expect.poll(key.credentials).toEqual([]);
});

test("of two keepers, the one whose passkey is removed here drops it at once, and the other keeps its own", async ({
  visit,
}) => {
  const { context, page } = visit;
  const key = await virtualKey(context, page);
  const person = await withOne(visit, key);
  const another = await key.beside({ transport: "usb" });
  const { factorId, credentialId } = await withAnother(visit, another, person);
  await another.confirms(false);
  await key.confirms(false);
  await page.goto("/login");
  await key.confirms(true);
  await pressPasskey(page);
  await isIn(page);
  await expect(page.locator(".row-title", { hasText: "Laptop" })).toHaveCount(2);
  expect(await another.ids()).toEqual([credentialId]);
  await page.goto(`/security/factors/${factorId}/remove`);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page).toHaveURL(/done=removed/);
  await expect.poll(another.ids).toEqual([]);
  expect(await key.ids()).toEqual([person.credentialId]);
});

test("a keeper calls its owner by the email of now, also after that was changed", async ({ visit }) => {
  const { house, context, page } = visit;
  const key = await virtualKey(context, page);
  const person = await withOne(visit, key);
  const called = async () => (await key.credentials()).map(({ userName }) => userName);
  await letIn(house, context, person);
  await page.goto("/security");
  await expect.poll(called).toEqual([person.email]);

  const typed = `moved-${person.email}`;
  await changeEmail(house.ctx, { userId: person.userId, typed, by: "stories" }); // her sessions end with it
  await key.confirms(false);
  await page.goto("/login");
  await key.confirms(true);
  await pressPasskey(page);
  await isIn(page);
  await expect.poll(called).toEqual([typed]);
});

test("a passkey of the portal's former name opens both doors by its own button, and its owner is asked to make one of today's until there is one, or they say not now", async ({
  visit,
}) => {
  const { context, page } = visit;
  const key = await virtualKey(context, page);
  await withOne(visit, key, names.before);
  const offer = page.getByText("your passkey belongs to its former address");
  const logIn = async () => {
    await key.confirms(true);
    await page.getByRole("button", { name: `Use a passkey of ${names.before}` }).click();
    await isIn(page);
  };
  await key.confirms(false);
  await page.goto("/login");
  await logIn();
  await expect(page.getByText("of the portal’s former address", { exact: true })).toBeVisible();
  await expect(offer).toBeVisible();
  await expect(page.getByRole("link", { name: "Add a second way in" })).toBeHidden(); // one thing to do at a time
  await page.getByRole("button", { name: "Not now" }).click();
  await expect(offer).toBeHidden();

  await logOut(page, key);
  await logIn();
  await expect(offer, "for a season").toBeHidden();
  await context.clearCookies({ name: /offer-declined/ }); // a season later
  await page.reload();
  await expect(offer).toBeVisible();
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await makePasskey(page);
  expect((await key.credentials()).map(({ rpId }) => rpId).sort()).toEqual([names.now, names.before].sort());
  await expect(offer).toBeHidden();
});
