import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { untilAwake } from "@/e2e/support/awake";
import { expect, test } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";

const offline = "No connection. What you typed is still here: try again.";
const silent = "The portal did not answer; it may be restarting.";
const alert = (page: Page) => page.getByRole("main").getByRole("alert");

test("without a network a code stays where it was typed, and opens once the network is back", async ({
  page,
  context,
  person,
}) => {
  const ada = await person({ apps: 1 });
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(ada);
  const challenge = challengeScreen(page);
  await challenge.sees.isHere();
  await untilAwake(page);
  await context.setOffline(true);
  const code = codeNow(secretOf(ada));
  await challenge.does.typeCode(code);
  await expect(alert(page)).toContainText(offline);
  await expect(alert(page)).toBeFocused();
  await expect(page.getByLabel("Verification code")).toHaveValue(code);
  await context.setOffline(false);
  await page.getByRole("button", { name: "Verify" }).click();
  await accountScreen(page).sees.isHere();
});

test("a proxy that answers for a portal which is away: name and password stay, and go through later", async ({
  page,
  person,
}) => {
  const grace = await person({});
  const login = loginScreen(page);
  await login.does.open();
  await untilAwake(page);
  for (const status of [502, 503]) {
    await page.route("**/login*", (route) =>
      route.request().method() === "POST"
        ? route.fulfill({ status, contentType: "text/html", body: "<h1>Bad Gateway</h1>" })
        : route.fallback(),
    );
    const answered = page.waitForResponse((got) => got.request().method() === "POST" && got.status() === status);
    await login.does.logIn(grace);
    await answered;
    await expect(page.getByRole("button", { name: "Log in" })).toBeVisible(); // until then the alert is of the round before
    await expect(alert(page)).toContainText(silent);
    await expect(page.getByLabel("Password", { exact: true })).toHaveValue(grace.password);
    await page.unroute("**/login*");
  }
  await page.getByRole("button", { name: "Log in" }).click();
  await accountScreen(page).sees.isHere();
});

test("a new password is kept as well, and the meter still counts it", async ({ page, context, guest }) => {
  const hedy = await guest();
  await page.goto("/security/password");
  await untilAwake(page);
  await context.setOffline(true);
  await accountScreen(page).does.changePassword(hedy.password, "nine calm otters under a bridge");
  await expect(alert(page)).toContainText(offline);
  await expect(page.getByLabel("New password", { exact: true })).toHaveValue("nine calm otters under a bridge");
  await expect(page.getByText("Very good length.")).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Change password" }).click();
  await accountScreen(page).sees.notice("Your password is changed.");
});

test("a button without a network says so, and the fault is nobody's", async ({ page, context, guest }) => {
  await guest();
  await accountScreen(page).does.open();
  await untilAwake(page);
  await context.setOffline(true);
  await page.getByRole("banner").getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("heading", { name: "No connection" })).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await accountScreen(page).sees.isHere();
});
