import { accountScreen } from "@/e2e/screens/account";
import { loginScreen } from "@/e2e/screens/login";
import { letIn } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";

const next = "nine calm otters under a bridge";

test("the password is exchanged: the other browser is logged out, and the page says how many were", async ({
  page,
  guest,
  house,
  anotherBrowser,
}) => {
  const ada = await guest();
  const other = await anotherBrowser();
  await letIn(house, other, ada);
  const elsewhere = await other.newPage();
  await accountScreen(elsewhere).does.open();
  await accountScreen(elsewhere).sees.isHere();
  const account = accountScreen(page);
  await account.does.open("/security/password");
  await account.does.changePassword(ada.password, next);
  await account.sees.notice("Your password is changed. One other session was ended.");
  await elsewhere.reload();
  await loginScreen(elsewhere).sees.isHere();
  await loginScreen(elsewhere).does.logIn(ada);
  await loginScreen(elsewhere).sees.refusal(ada.email);
  await loginScreen(elsewhere).does.logIn({ ...ada, password: next });
  await accountScreen(elsewhere).sees.isHere();
});

test("a wrong current password changes nothing and says so beside its field", async ({ page, guest }) => {
  const grace = await guest();
  const account = accountScreen(page);
  await account.does.open("/security/password");
  await account.does.changePassword("not the password at all", next);
  await account.sees.sentence("That is not your current password.");
  const current = page.getByLabel("Current password", { exact: true });
  await expect(current).toBeFocused();
  await expect(current).toHaveValue("");
  await expect(page.getByLabel("New password", { exact: true })).toHaveValue(next); // nothing was wrong with that one
  await expect(page.getByText("Very good length.")).toBeVisible();
  await current.pressSequentially("s");
  await expect(page.getByRole("alert").filter({ hasText: /\S/ })).toHaveCount(0);
  await expect(current).toHaveAttribute("aria-invalid", "false");
  await account.does.logOut();
  await loginScreen(page).does.logIn(grace);
  await account.sees.isHere();
});

for (const [why, chosen, sentence] of [
  ["short", "four words", "This password is too short. Use at least 15 characters"],
  ["common", "passwordpassword", "This password is easy to guess"],
  ["the present one", "seven quiet herons at dawn", "This is the password that you have now."],
  ["longer than anything", "a".repeat(1025), "This password is too long."],
] as const) {
  test(`a new password that is ${why} is refused in words`, async ({ page, guest }) => {
    const alan = await guest();
    const account = accountScreen(page);
    await account.does.open("/security/password");
    await account.does.changePassword(alan.password, chosen);
    await account.sees.sentence(sentence);
    await expect(page.getByLabel("New password", { exact: true })).toHaveValue("");
  });
}

test("the page tells how long the new password is while it is typed, and shows it on request", async ({
  page,
  guest,
}) => {
  await guest();
  await accountScreen(page).does.open("/security/password");
  const field = page.getByLabel("New password", { exact: true });
  await field.fill("ten letter");
  await expect(page.getByText("5 more characters to go.")).toBeVisible();
  await field.fill(next);
  await expect(page.getByText("Very good length.")).toBeVisible();
  await expect(field).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Show new password" }).click();
  await expect(field).toHaveAttribute("type", "text");
});

test("password managers find the page", async ({ page, guest }) => {
  await guest();
  await page.goto("/.well-known/change-password");
  await expect(page).toHaveURL(/\/security\/password$/);
});
