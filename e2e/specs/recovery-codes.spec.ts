import { readFile } from "node:fs/promises";
import { accountScreen } from "@/e2e/screens/account";
import { challengeScreen } from "@/e2e/screens/challenge";
import { codesScreen } from "@/e2e/screens/codes";
import { loginScreen } from "@/e2e/screens/login";
import { codeNow } from "@/e2e/support/authenticator";
import { cookieName } from "@/e2e/support/cookies";
import { expect, test } from "@/e2e/support/fixtures";
import { secretOf } from "@/e2e/support/house";
import { withRecoveryCodes } from "@/lib/testing/test-context";

test("new codes are shown once and make the old ones void", async ({ page, guest }) => {
  const ada = await guest({ apps: 1, codes: true });
  const account = accountScreen(page);
  await account.does.open("/security/recovery-codes");
  await account.sees.text("When your second factor is lost, one of these codes is the second step.");
  await account.sees.text("10 codes are left.");
  await account.does.makeCodes();
  const codes = codesScreen(page);
  await codes.sees.codes(10);
  await account.sees.text("When your second factor is lost, one of these codes is the second step.");
  const fresh = await codes.does.read();
  expect(fresh.filter((code) => ada.codes.includes(code))).toEqual([]);
  await codes.does.save();
  await account.sees.notice("Your recovery codes are ready");
  await account.does.logOut();
  await loginScreen(page).does.logIn(ada);
  const challenge = challengeScreen(page);
  await challenge.does.chooseAnotherWay();
  await challenge.does.chooseRecovery();
  await challenge.does.sendRecoveryCode(ada.codes[0] ?? "");
  await challenge.sees.wrongRecoveryCode();
  await challenge.does.sendRecoveryCode(fresh[9] ?? "");
  await codes.sees.codes(1);
});

test("the file to keep holds the ten codes, the portal, the account, and nothing of the phone", async ({
  page,
  guest,
}) => {
  const grace = await guest({ apps: 1 });
  const account = accountScreen(page);
  await account.does.open("/security/recovery-codes");
  await account.does.makeCodes();
  const shown = await codesScreen(page).does.read();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("recovery-codes.txt");
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n");
  expect(lines.filter((line) => /^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/.test(line))).toEqual(shown);
  expect(lines).toContain("Portal: Sallyport.");
  expect(lines).toContain(`Account: ${grace.email}.`);
  expect(lines).toContain("Do not keep this sheet with the device that it stands in for.");
  expect(lines.join()).not.toContain(secretOf(grace));
});

test("copying gives the codes, one a line", async ({ page, context, guest }) => {
  await guest({ apps: 1 });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await accountScreen(page).does.open("/security/recovery-codes");
  await accountScreen(page).does.makeCodes();
  const shown = await codesScreen(page).does.read();
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Copied." })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown.join("\n"));
});

test("on paper only the sheet remains, with whose it is and the warning", async ({ page, guest }) => {
  const alan = await guest({ apps: 1 });
  await accountScreen(page).does.open("/security/recovery-codes");
  await accountScreen(page).does.makeCodes();
  const shown = await codesScreen(page).does.read();
  const warning = page.getByText("Save them where you keep papers");
  await expect(warning).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText(shown[0] ?? "")).toBeVisible();
  await expect(page.getByText(`Account: ${alan.email}.`)).toBeVisible();
  await expect(page.getByText("Do not keep this sheet with the device that it stands in for.")).toBeVisible();
  for (const name of ["I have saved these codes", "Log out", "Print", "Copy", "English"]) {
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  }
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(warning).toBeHidden();
});

test("the codes of one account are never shown to the next person at the same browser", async ({
  page,
  guest,
  person,
}) => {
  const katherine = await guest({ apps: 1 });
  await accountScreen(page).does.open("/security/recovery-codes");
  await accountScreen(page).does.makeCodes();
  const shown = await codesScreen(page).does.read();
  await accountScreen(page).does.logOut();
  const hedy = await person({ apps: 1 });
  expect(hedy.userId).not.toBe(katherine.userId);
  await loginScreen(page).does.logIn(hedy);
  await challengeScreen(page).does.typeCode(codeNow(secretOf(hedy)));
  await accountScreen(page).sees.isHere();
  await page.goto("/security/recovery-codes/once");
  await expect(page.getByText("There is nothing to show")).toBeVisible();
  await expect(page.getByText(shown[0] ?? "")).toHaveCount(0);
});

test("without a factor there are no codes, and the page says when there will be", async ({ page, guest }) => {
  await guest();
  await accountScreen(page).does.open("/security/recovery-codes");
  await accountScreen(page).sees.text("You get recovery codes as soon as you have set up a second factor.");
  await expect(page.getByRole("link", { name: "Make new codes" })).toHaveCount(0);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("codes whose page was left before they were saved are told as that, until new ones are saved", async ({
      page,
      context,
      house,
      guest,
    }) => {
      await guest({ apps: 1 });
      const account = accountScreen(page);
      const codes = codesScreen(page);
      const again = page.getByRole("link", { name: "Make new recovery codes and save them" });
      await account.does.open("/security/recovery-codes");
      await account.does.makeCodes();
      await codes.sees.codes(10);
      await account.does.open();
      await account.sees.text("New recovery codes wait until you have saved them.");
      await account.sees.text("but 10 recovery codes were never confirmed as saved.");
      await expect(again).toHaveCount(0);
      await context.clearCookies({ name: cookieName(house.url, "shown-once") }); // as after a quarter of an hour, or where their answer never arrived
      await account.does.open();
      await account.sees.text("They were made on");
      await again.click();
      await page.getByRole("button", { name: "Make new codes" }).click();
      await codes.sees.codes(10);
      await codes.does.save();
      await account.sees.notice("Your recovery codes are ready");
      await account.sees.text("10 codes are left.");
      await expect(page.getByText("never confirmed")).toHaveCount(0);
    });
  });
}

test.describe("without scripts, while another browser makes newer ones", () => {
  test.use({ javaScriptEnabled: false });

  test("whoever says that they have saved the older ones hears that these open nothing, and where to look", async ({
    page,
    house,
    guest,
  }) => {
    const barbara = await guest({ apps: 1 });
    const account = accountScreen(page);
    await account.does.open("/security/recovery-codes");
    await account.does.makeCodes();
    await codesScreen(page).sees.codes(10);
    await withRecoveryCodes(house.ctx, barbara);
    await codesScreen(page).does.save();
    await account.sees.sentence("The codes that you saved here open nothing any more");
    await page.getByRole("link", { name: "Manage recovery codes" }).click();
    await account.sees.text("10 codes are left.");
    await account.sees.text("New codes make all earlier ones void.");
    await expect(page.getByText("Show and save")).toHaveCount(0);
  });
});
