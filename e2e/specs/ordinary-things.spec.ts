import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { firstAccountScreen } from "@/e2e/screens/first-account";
import { loginScreen } from "@/e2e/screens/login";
import { english } from "@/e2e/screens/words";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { invite, letCodesBeFresh, secretOf } from "@/e2e/support/house";

const password = "nine calm otters under a bridge";

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("back after a login: the person is in, and goes on to where they were going", async ({ page, person }) => {
      const ada = await person({ apps: 1 });
      await loginScreen(page).does.open("/security/password");
      await loginScreen(page).does.logIn(ada);
      await challengeScreen(page).does.answer(codeNow(secretOf(ada)), { scripts });
      await expect(page).toHaveURL(/\/security\/password$/);
      for (let step = 0; step < 2; step += 1) {
        await page.goBack();
        await expect(page).toHaveURL(/\/security\/password$/);
      }
    });

    test("a second tab after the first got in goes on, by its form and by its address", async ({ context, person }) => {
      const grace = await person({ apps: 1 });
      const [first, second, third] = [await context.newPage(), await context.newPage(), await context.newPage()];
      await loginScreen(first).does.open();
      await loginScreen(first).does.logIn(grace);
      await challengeScreen(first).sees.isHere();
      for (const page of [second, third]) await page.goto("/challenge/totp");
      await challengeScreen(first).does.answer(codeNow(secretOf(grace)), { scripts });
      await accountScreen(first).sees.isHere();
      await challengeScreen(second).does.answer(wrongCode(secretOf(grace)), { scripts });
      await accountScreen(second).sees.isHere();
      for (const path of ["/challenge", "/challenge/recovery", "/challenge/expired", "/enrol", "/enrol/totp"]) {
        await third.goto(path);
        await accountScreen(third).sees.isHere();
      }
    });

    test("an invitation that was used leads on whoever used it and is in; to others it says that it was used", async ({
      page,
      house,
      anotherBrowser,
    }) => {
      const { link } = await invite(house);
      await page.goto(link);
      await firstAccountScreen(page).does.choosePassword(password);
      await accountScreen(page).sees.isHere();
      await page.goto(link);
      await accountScreen(page).sees.isHere();
      const elsewhere = await (await anotherBrowser()).newPage();
      await elsewhere.goto(link);
      await firstAccountScreen(elsewhere).sees.closed();
      await expect(elsewhere.getByText("This link was used already")).toBeVisible();
    });
  });
}

test.describe("a double click without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("at the second door: the person is in, or begins anew where no answer reached the browser", async ({
    page,
    person,
    house,
  }) => {
    const alan = await person({ apps: 1 });
    await loginScreen(page).does.open();
    await loginScreen(page).does.logIn(alan);
    await page.getByLabel("Verification code", { exact: true }).fill(codeNow(secretOf(alan)));
    await page.getByRole("button", { name: "Verify", exact: true }).dblclick();
    // the second press breaks the first off: sometimes before its answer, with the session in it, has come
    const isIn = page.getByRole("heading", { level: 1, name: english.securityTitle });
    const isOver = page.getByRole("heading", { level: 1, name: english.expiredTitle });
    await expect(isIn.or(isOver)).toBeVisible();
    if (await isIn.isVisible()) return;
    await page.getByRole("link", { name: "Back to the login" }).click();
    await loginScreen(page).does.logIn(alan);
    await letCodesBeFresh(house, alan);
    await challengeScreen(page).does.sendCode(codeNow(secretOf(alan)));
    await accountScreen(page).sees.isHere();
  });

  test("at a step-up: the person is where they wanted to be, or reads that it is done where no answer reached the browser", async ({
    page,
    guest,
    house,
  }) => {
    const hedy = await guest({ apps: 1 });
    await house.sql("UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE id = $1", [hedy.session.id]);
    await page.goto("/security/password");
    await challengeScreen(page).does.goOn();
    await page.getByLabel("Verification code", { exact: true }).fill(codeNow(secretOf(hedy)));
    await page.getByRole("button", { name: "Verify", exact: true }).dblclick();
    // the second press breaks the first off: sometimes before its answer, with the session's new token in it, has come
    const isThere = page.getByRole("heading", { name: "Change password" });
    await expect(isThere.or(page.getByText("This step was completed already"))).toBeVisible();
  });

  test("at the first code of a new app: the app is bound and the codes are shown, or it is asked for where no answer reached the browser", async ({
    page,
    guest,
    house,
  }) => {
    const mary = await guest();
    await accountScreen(page).does.open();
    await accountScreen(page).does.addApp();
    const secret = await enrolmentScreen(page).does.readSecret();
    await page.getByLabel("Verification code", { exact: true }).fill(codeNow(secret));
    await page.getByRole("button", { name: "Confirm" }).dblclick();
    // the second press breaks the first off: sometimes before its answer, with the session's new token in it, has come
    const codes = page.getByRole("list", { name: english.codesTitle });
    const door = page.getByRole("heading", { level: 1, name: english.loginTitle });
    await expect(codes.or(door)).toBeVisible();
    if (await codes.isVisible()) return codesScreen(page).sees.codes(10);
    await loginScreen(page).does.logIn(mary);
    await letCodesBeFresh(house, mary);
    await challengeScreen(page).does.sendCode(codeNow(secret));
    await expect(page).toHaveURL(/\/security(?:\/recovery-codes\/once)?(?:\?|$)/);
  });

  test("at an invitation: the password is set and the person is in, or logs in with it where no answer reached the browser", async ({
    page,
    house,
  }) => {
    const { email, link } = await invite(house);
    await page.goto(link);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Save and log in" }).dblclick();
    const isIn = page.getByRole("heading", { level: 1, name: english.securityTitle });
    const isUsed = page.getByText("This link was used already");
    await expect(isIn.or(isUsed)).toBeVisible();
    if (await isIn.isVisible()) return;
    await loginScreen(page).does.open();
    await loginScreen(page).does.logIn({ email, password });
    await accountScreen(page).sees.isHere();
  });
});
