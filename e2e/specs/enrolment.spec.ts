import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { enrolmentScreen } from "@/e2e/screens/enrolment";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow, wrongCode } from "@/e2e/support/authenticator";
import { expect, test } from "@/e2e/support/fixtures";
import { isHeardAs } from "@/e2e/support/heard";
import { secretOf } from "@/e2e/support/house";
import { readQr } from "@/e2e/support/qr";

/** From the account to the page with the QR code. */
async function toEnrolment(page: Page) {
  const account = accountScreen(page);
  await account.does.open();
  await account.does.addApp();
  const enrolment = enrolmentScreen(page);
  await enrolment.sees.isHere();
  return enrolment;
}

test("an app is bound, its codes are shown once, and the next login asks for it", async ({ page, guest }) => {
  const ada = await guest();
  const enrolment = await toEnrolment(page);
  const secret = await enrolment.does.readSecret();
  await enrolment.does.name("Ada's phone");
  await enrolment.does.typeCode(codeNow(secret));
  const codes = codesScreen(page);
  await codes.sees.codes(10);
  await codes.does.save();
  const account = accountScreen(page);
  await account.sees.notice("Your second factor is set up.");
  await account.sees.text("Ada's phone");
  await account.sees.text("you have 10 recovery codes.");
  await isHeardAs(
    page,
    "status: /Your second factor is set up/",
    'heading "Account security" [level=1]',
    "paragraph: /protected by one/",
    "link /Add a second way in/",
    'region "Second factors"',
    'region "Recovery codes"',
    'region "Password"',
    'link "Lock my account"',
  );
  await account.does.logOut();
  await loginScreen(page).does.logIn(ada);
  await challengeScreen(page).does.typeCode(codeNow(secret, 1));
  await account.sees.isHere();
});

test("picture, link and text carry the same secret", async ({ page, guest }) => {
  const grace = await guest();
  const enrolment = await toEnrolment(page);
  await enrolment.sees.qr();
  const scan = page.getByText(/scan this picture with your app\.$/i).filter({ visible: true });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(scan).toHaveText("Or scan this picture with your app."); // below the link, which does the same
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect(scan).toHaveText("Scan this picture with your app.");
  await enrolment.sees.codeBesidePicture(720);
  const link = await enrolment.does.readLink();
  expect(await readQr(page)).toBe(link);
  const uri = new URL(link ?? "");
  expect(uri.searchParams.get("secret")).toBe(await enrolment.does.readSecret());
  expect(uri.searchParams.get("issuer")).toBe("Sallyport");
  expect(decodeURIComponent(uri.pathname)).toContain(grace.email);
});

test("a wrong code binds nothing, keeps the name, and the same picture still works", async ({ page, guest, house }) => {
  const alan = await guest();
  const enrolment = await toEnrolment(page);
  const secret = await enrolment.does.readSecret();
  await enrolment.does.name("Desk");
  await enrolment.does.confirm(wrongCode(secret));
  await enrolment.sees.sentence("That code is not right.");
  await isHeardAs(
    page,
    'heading "Set up your authenticator app" [level=1]',
    'img "QR code for your authenticator app"',
    "code",
    'textbox "Name"',
    'textbox "Verification code" [invalid]',
    "alert: /not right/",
    'button "Confirm"',
    'button "Cancel"',
  );
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Desk");
  expect(await enrolment.does.readSecret()).toBe(secret);
  const rows = await house.sql("SELECT state FROM factors WHERE user_id = $1", [alan.userId]);
  expect(rows).toEqual([{ state: "PENDING" }]);
  await enrolment.does.confirm(codeNow(secret));
  await codesScreen(page).sees.codes(10);
});

for (const [steps, sentence] of [
  [-10, "your phone’s clock is about 5 minutes behind"],
  [10, "your phone’s clock is about 5 minutes ahead"],
] as const) {
  test(`a code of another time says that ${sentence}`, async ({ page, guest }) => {
    await guest();
    const enrolment = await toEnrolment(page);
    await enrolment.does.confirm(codeNow(await enrolment.does.readSecret(), steps));
    await enrolment.sees.sentence(sentence);
  });
}

test("five wrong codes end the set-up; a new one can begin", async ({ page, guest }) => {
  await guest();
  const enrolment = await toEnrolment(page);
  const secret = await enrolment.does.readSecret();
  for (let round = 1; round <= 5; round += 1) {
    await enrolment.does.confirm(wrongCode(secret, round));
    await enrolment.sees.sentence("That code is not right.");
  }
  await enrolment.does.confirm(codeNow(secret));
  await enrolment.sees.sentence("please start once more.");
  const again = await toEnrolment(page);
  expect(await again.does.readSecret()).not.toBe(secret);
});

test("a set-up that waited too long is refused", async ({ page, guest, house }) => {
  const katherine = await guest();
  const enrolment = await toEnrolment(page);
  const secret = await enrolment.does.readSecret();
  await house.sql("UPDATE factors SET expires_at = now() - interval '1 second' WHERE user_id = $1", [katherine.userId]);
  await enrolment.does.confirm(codeNow(secret));
  await enrolment.sees.sentence("This set-up is over");
});

test("cancelling leaves nothing behind", async ({ page, guest, house }) => {
  const hedy = await guest();
  const enrolment = await toEnrolment(page);
  await enrolment.does.cancel();
  await accountScreen(page).sees.isHere();
  expect(await house.sql("SELECT 1 FROM factors WHERE user_id = $1", [hedy.userId])).toEqual([]);
  await page.goto("/security/factors/new/totp");
  await expect(page).toHaveURL(/\/security\/factors\/new$/);
});

test("replacing leaves no gap: the old app works until the new one is confirmed, and not after", async ({
  page,
  guest,
  anotherBrowser,
}) => {
  const edsger = await guest({ apps: 1, codes: true });
  const account = accountScreen(page);
  await account.does.open(`/security/factors/${edsger.factorIds[0]}`);
  await page.getByRole("button", { name: "Replace" }).click();
  const enrolment = enrolmentScreen(page);
  await enrolment.sees.isHere();
  await expect(page.getByText("keeps working until the new one is confirmed")).toBeVisible();
  const fresh = await enrolment.does.readSecret();

  const elsewhere = await (await anotherBrowser()).newPage();
  await loginScreen(elsewhere).does.open();
  await loginScreen(elsewhere).does.logIn(edsger);
  await challengeScreen(elsewhere).does.typeCode(codeNow(fresh));
  await challengeScreen(elsewhere).sees.wrongCode();
  await challengeScreen(elsewhere).does.typeCode(codeNow(secretOf(edsger)));
  await accountScreen(elsewhere).sees.isHere();

  await enrolment.does.confirm(codeNow(fresh));
  await account.sees.notice("One other session was ended.");
  await accountScreen(elsewhere).does.open();
  await loginScreen(elsewhere).sees.isHere();
  await loginScreen(elsewhere).does.logIn(edsger);
  await challengeScreen(elsewhere).does.typeCode(codeNow(secretOf(edsger), 1));
  await challengeScreen(elsewhere).sees.wrongCode();
  await challengeScreen(elsewhere).does.typeCode(codeNow(fresh, 1));
  await accountScreen(elsewhere).sees.isHere();
});
