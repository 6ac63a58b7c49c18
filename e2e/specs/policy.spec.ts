import { accountScreen } from "@/e2e/screens/account";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";

test("an administrator without a factor is not in before one is bound, then everything opens", async ({
  page,
  person,
}) => {
  const ada = await person({ isAdmin: true });
  const login = loginScreen(page);
  await login.does.open("/security/password");
  await login.does.logIn(ada);
  const enrolment = enrolmentScreen(page);
  await enrolment.sees.choiceAtLogin();
  await expect(page.getByText("Your organisation asks for a second factor.")).toBeVisible();
  for (const path of ["/security", "/security/password", "/security/factors/new", "/security/recovery-codes/once"]) {
    await page.goto(path);
    await login.sees.isHere();
  }
  await page.goto("/challenge");
  await enrolment.sees.choiceAtLogin();
  await enrolment.does.chooseApp();
  await enrolment.does.confirm(codeNow(await enrolment.does.readSecret()));
  const codes = codesScreen(page);
  await codes.sees.codes(10);
  await codes.does.save();
  await expect(page).toHaveURL(/\/security\/password$/);
});

test("somebody whose session is older than the demand is led to a factor and nowhere else", async ({ page, guest }) => {
  await guest({ isAdmin: true });
  for (const path of ["/", "/security", "/security/password", "/security/recovery-codes"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/security\/factors\/new$/);
  }
  const account = accountScreen(page);
  await account.does.start();
  const enrolment = enrolmentScreen(page);
  await enrolment.does.confirm(codeNow(await enrolment.does.readSecret()));
  const codes = codesScreen(page);
  await codes.sees.codes(10);
  await codes.does.save();
  await account.sees.isHere();
});

test("the way out stays open to somebody who must still enrol", async ({ page, guest }) => {
  await guest({ isAdmin: true });
  await accountScreen(page).does.open();
  await expect(page).toHaveURL(/\/security\/factors\/new$/);
  await accountScreen(page).does.logOut();
  await loginScreen(page).sees.isHere();
});

test("everybody else is offered a factor and not forced", async ({ page, guest }) => {
  await guest();
  await accountScreen(page).does.open();
  await accountScreen(page).sees.text("Only your password protects this account.");
});
