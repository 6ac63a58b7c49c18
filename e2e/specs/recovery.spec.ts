import type { Page } from "@playwright/test";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { loginScreen } from "@/e2e/screens/login";
import { expect, test } from "@/e2e/support/fixtures";

type Credentials = { readonly email: string; readonly password: string };

async function toRecovery(page: Page, person: Credentials) {
  await loginScreen(page).does.open();
  await loginScreen(page).does.logIn(person);
  const challenge = challengeScreen(page);
  await challenge.does.chooseAnotherWay();
  await challenge.does.chooseRecovery();
  await challenge.sees.recoveryIsHere();
  return challenge;
}

test("a recovery code opens once, is refused the second time, and its replacement opens", async ({ page, person }) => {
  const ada = await person({ apps: 1, codes: true });
  const [first = "", second = ""] = ada.codes;
  const account = accountScreen(page);
  const codes = codesScreen(page);
  const challenge = await toRecovery(page, ada);
  await challenge.does.sendRecoveryCode(first);
  await codes.sees.codes(1);
  const [replacement = ""] = await codes.does.read();
  expect([...ada.codes]).not.toContain(replacement);
  await codes.does.save();
  await account.sees.isHere();
  await account.sees.text("you have 10 recovery codes.");
  await account.sees.text("If what you normally use is lost or broken, replace it now");
  await account.does.logOut();

  await toRecovery(page, ada);
  await challenge.does.sendRecoveryCode(first);
  await challenge.sees.wrongRecoveryCode();
  await challenge.does.sendRecoveryCode(replacement);
  await codes.sees.codes(1);
  await codes.does.save();
  await account.sees.isHere();
  await account.does.logOut();

  await toRecovery(page, ada);
  await challenge.does.sendRecoveryCode(second);
  await codes.sees.codes(1);
});

test("spaces, dashes, case and look-alike letters are forgiven", async ({ page, person }) => {
  const grace = await person({ apps: 1, codes: true });
  const typed = (grace.codes[3] ?? "").toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
  const challenge = await toRecovery(page, grace);
  await challenge.does.sendRecoveryCode(`  ${typed} `);
  await codesScreen(page).sees.codes(1);
});

test("what can be no recovery code says so and costs nothing", async ({ page, person, house }) => {
  const alan = await person({ apps: 1, codes: true });
  const challenge = await toRecovery(page, alan);
  await challenge.does.sendRecoveryCode("12345");
  await challenge.sees.sentence("A recovery code has 16 letters and digits in four groups.");
  const rows = await house.sql("SELECT attempts_left FROM challenges WHERE user_id = $1", [alan.userId]);
  expect(rows).toEqual([{ attempts_left: 5 }]);
});

test("the replacement survives a reload until it is saved, and is gone afterwards", async ({ page, person }) => {
  const katherine = await person({ apps: 1, codes: true });
  const challenge = await toRecovery(page, katherine);
  await challenge.does.sendRecoveryCode(katherine.codes[0] ?? "");
  const codes = codesScreen(page);
  const shown = await codes.does.read();
  await page.reload();
  expect(await codes.does.read()).toEqual(shown);
  await codes.does.save();
  await accountScreen(page).sees.isHere();
  await page.goto("/security/recovery-codes/once");
  await expect(page.getByText(/There is nothing to show: recovery codes are shown until/)).toBeVisible();
  await page.goBack();
  await expect(page.getByText(shown[0] ?? "")).toBeHidden();
});

test("the page that was asked for comes after the replacement", async ({ page, person }) => {
  const hedy = await person({ apps: 1, codes: true });
  await page.goto("/security/password");
  await loginScreen(page).does.logIn(hedy);
  const challenge = challengeScreen(page);
  await challenge.does.chooseAnotherWay();
  await challenge.does.chooseRecovery();
  await challenge.does.sendRecoveryCode(hedy.codes[0] ?? "");
  await codesScreen(page).does.save();
  await expect(page).toHaveURL(/\/security\/password$/);
});
