import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { focusedStop, focusWalk } from "@/e2e/support/focus";
import { secretOf } from "@/e2e/support/house";

test("the order of the login is the order of the eye, and every stop is visible", async ({ page }) => {
  await loginScreen(page).does.open();
  await expect(page.getByLabel("Email, username or phone")).toBeFocused();
  await expect(page.getByRole("button", { name: "Show password" })).toBeVisible(); // it comes with the scripts
  const stops = await focusWalk(page, 11);
  expect(stops.map(({ name }) => name)).toEqual([
    ...["Password", "Show password", "Others use this computer too", "Log in"],
    ...["Forgot your password?", "Create an account", "English", "简体中文", "System", "Light", "Dark"],
  ]);
  expect(stops.filter(({ isVisible }) => !isVisible)).toEqual([]);
});

test("the main path with nothing but keys", async ({ page, person }) => {
  const ada = await person({ apps: 1, codes: true });
  const { keyboard } = page;
  await loginScreen(page).does.open();
  await expect(page.getByLabel("Email, username or phone")).toBeFocused();
  await keyboard.type(ada.email);
  await keyboard.press("Tab");
  await keyboard.type(ada.password);
  await keyboard.press("Enter");

  const code = page.getByLabel("Verification code");
  await expect(code).toBeFocused();
  await keyboard.type(wrongCode(secretOf(ada)));
  await challengeScreen(page).sees.wrongCode();
  await expect(code).toBeFocused();
  await keyboard.type(codeNow(secretOf(ada)));
  const account = accountScreen(page);
  await account.sees.isHere();

  await tabTo(page, "Add a second factor");
  await keyboard.press("Enter");
  await page.waitForURL(/\/security\/factors\/new$/);
  await tabTo(page, "Start: Authenticator app");
  await keyboard.press("Enter");
  const enrolment = enrolmentScreen(page);
  await enrolment.sees.isHere();
  const secret = await enrolment.does.readSecret();
  await tabTo(page, "Verification code");
  await keyboard.type(codeNow(secret));
  await keyboard.press("Enter");
  await account.sees.isHere();

  await tabTo(page, "Log out");
  await keyboard.press("Space");
  await loginScreen(page).sees.isHere();
});

test("recovery codes can be saved with nothing but keys", async ({ page, guest }) => {
  await guest({ apps: 1 });
  await accountScreen(page).does.open("/security/recovery-codes");
  await tabTo(page, "Make new codes");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/recovery-codes\/new$/);
  await tabTo(page, "Make new codes");
  await page.keyboard.press("Enter");
  await codesScreen(page).sees.codes(10);
  await tabTo(page, "I have saved these codes");
  await page.keyboard.press("Enter");
  await accountScreen(page).sees.isHere();
});

test("the first stop of a page leads past its header to the content", async ({ page, guest }) => {
  await guest();
  await accountScreen(page).does.open();
  await page.keyboard.press("Tab");
  const link = page.getByRole("link", { name: "Skip to the content" });
  await expect(link).toBeFocused();
  await expect(link).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

/** Presses Tab until the thing with this name has the focus; sees to it that each stop on the way can be seen. */
async function tabTo(page: Page, name: string) {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    const stop = await focusedStop(page);
    expect(stop.isVisible, `${stop.name} shows that it has the focus`).toBe(true);
    if (stop.name === name) return;
  }
  throw new Error(`No key leads to ${name}.`);
}
