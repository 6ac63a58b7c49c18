import { cookieLine } from "@/e2e/support/cookies";
import { openSessionOf } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";
import type { House, Resident } from "@/e2e/support/house";
import { ask } from "@/e2e/support/http";
import { codeTo, lettersTo, someAddress, someNumber } from "@/e2e/support/mailbox";
import { settle } from "@/e2e/support/settled";

/** As if their browser was known for long, and they had just proven who they are: nothing waits then. */
async function asAtHome(house: House, person: Resident): Promise<void> {
  await settle(house, person);
  await house.sql("UPDATE sessions SET proven_at = now() WHERE user_id = $1", [person.userId]);
}

/** With scripts and without: where a person is reached, and how a change of that is taken back. */
for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("the login e-mail is changed by a code to the new one, and taken back from the old mailbox, signed out", async ({
      page,
      context,
      guest,
      house,
    }) => {
      const ada = await guest({ apps: 1 });
      const other = await openSessionOf(house, ada);
      await asAtHome(house, ada);
      const next = someAddress();
      await page.goto("/security");
      const card = page.getByRole("region", { name: "Contact addresses" });
      await card.getByRole("link", { name: "Manage addresses" }).click();
      await page.getByRole("link", { name: "Change email" }).click();
      await page.getByLabel("Email address", { exact: true }).fill(next);
      await page.getByRole("button", { name: "Send a code" }).click();
      await page.getByLabel("Verification code", { exact: true }).fill(await codeTo(house, next));
      await page.getByRole("button", { name: "Confirm" }).click();
      await expect(page.getByRole("status").filter({ hasText: "One other login is ended." })).toBeVisible();
      await expect(page.getByRole("region", { name: "Login email" }).getByText(next)).toBeVisible();
      const cookie = cookieLine(house.url, "session", other.cookie);
      expect((await context.request.get("/security", { headers: { cookie }, maxRedirects: 0 })).status()).toBe(307);

      const told = async () =>
        (await lettersTo(house, ada.email)).flatMap(({ text }) => text.match(/\/revert\/\S+/) ?? []);
      await expect.poll(async () => (await told()).length).toBe(1);
      const [path = ""] = await told();
      await context.clearCookies();
      for (const method of ["GET", "HEAD"]) expect((await ask(house.url, path, { method })).status).toBe(200);
      await page.goto(path);
      await expect(page.getByText(ada.email)).toHaveCount(0);
      await page.getByRole("button", { name: "Take the change back" }).click();
      await expect(page.getByRole("heading", { level: 1, name: "The change is taken back" })).toBeVisible();
      expect(await house.sql("SELECT email, password_hash FROM users WHERE id = $1", [ada.userId])).toEqual([
        { email: ada.email, password_hash: null },
      ]);
      expect(await house.sql("SELECT 1 FROM sessions WHERE user_id = $1", [ada.userId])).toEqual([]);
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1, name: "The change has been taken back" })).toBeVisible();
    });
  });
}

test("a second mailbox is told once it is proven, and a week after it was removed; what is on the way is asked first", async ({
  page,
  guest,
  house,
}) => {
  const ada = await guest();
  await asAtHome(house, ada);
  const further = someAddress();
  await page.goto("/security/contacts");
  await page.getByRole("link", { name: "Add an address" }).click();
  await page.getByLabel("Email address", { exact: true }).fill(ada.email);
  await page.getByRole("button", { name: "Send a code" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This is the email that you log in with" })).toBeVisible();
  await page.getByLabel("Email address", { exact: true }).fill(further);
  await page.getByRole("button", { name: "Send a code" }).click();
  await page.getByLabel("Verification code", { exact: true }).fill(await codeTo(house, further));
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("status").filter({ hasText: "told from now on" })).toBeVisible();
  await page.getByRole("link", { name: `Remove ${further}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Remove ${further}?` })).toBeVisible();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByRole("status").filter({ hasText: "That address is removed." })).toBeVisible();
  await expect.poll(async () => (await lettersTo(house, further)).length).toBe(3);
});

test("a login e-mail that nobody confirmed asks for it on every page until its code is typed", async ({
  page,
  guest,
  house,
}) => {
  const ada = await guest();
  await house.sql("UPDATE users SET email_confirmed_at = NULL WHERE id = $1", [ada.userId]);
  await page.goto("/security/password");
  await page.getByRole("note").getByRole("link", { name: "Confirm now" }).click();
  await page.getByRole("button", { name: "Send a code" }).click();
  await page.getByLabel("Verification code", { exact: true }).fill(await codeTo(house, ada.email));
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("status").filter({ hasText: "is confirmed" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Confirm now" })).toHaveCount(0);
});

test("the number to log in with is changed and then removed, and the one before hears of both", async ({
  page,
  guest,
  house,
}) => {
  const ada = await guest({ apps: 1 });
  await asAtHome(house, ada);
  const [first, next] = [someNumber(), someNumber()];
  await house.sql("UPDATE users SET phone = $2, proven_phone = $2, phone_proven_at = now() WHERE id = $1", [
    ada.userId,
    first,
  ]);
  await page.goto("/security/contacts");
  await page.getByRole("link", { name: "Change number" }).click();
  await page.getByLabel("Mobile number", { exact: true }).fill(next);
  await page.getByRole("button", { name: "Send a code" }).click();
  await page.getByLabel("Verification code", { exact: true }).fill(await codeTo(house, next));
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("status").filter({ hasText: "You can log in with that number" })).toBeVisible();
  await page.getByRole("link", { name: "Remove number" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Log in without ${next}?` })).toBeVisible();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByRole("status").filter({ hasText: "You log in without a phone number now." })).toBeVisible();
  expect(await house.sql("SELECT phone FROM users WHERE id = $1", [ada.userId])).toEqual([{ phone: null }]);
  await expect.poll(async () => (await lettersTo(house, first)).length).toBe(2);
});

test("name, picture and user name are kept; a wrong picture is said beside its field", async ({
  page,
  guest,
  house,
}) => {
  const ada = await guest();
  await page.goto("/security/profile");
  await page.getByLabel("Nickname", { exact: false }).fill("Countess");
  await page.getByLabel("Address of a picture", { exact: false }).fill("http://example.test/a.png");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "This is no address of a picture" })).toBeVisible();
  await page.getByLabel("Address of a picture", { exact: false }).fill("https://example.test/a.png");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your profile is saved." })).toBeVisible();
  await expect(page.getByLabel("Nickname", { exact: false })).toHaveValue("Countess");
  const username = `countess-${house.ctx.random.bytes(4).toString("hex")}`;
  await page.getByRole("textbox", { name: "User name" }).fill(username);
  await page.getByRole("button", { name: "Change user name" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your user name is changed." })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "User name" })).toHaveValue(username);
  expect(await house.sql("SELECT username FROM users WHERE id = $1", [ada.userId])).toEqual([{ username }]);
});
