import { loginScreen } from "@/e2e/screens/login";
import { chinese } from "@/e2e/screens/words";
import { expect, test } from "@/e2e/support/fixtures";
import { invite } from "@/e2e/support/house";
import { walkTheMainPath } from "@/e2e/support/main-path";

test.describe("a browser that asks for Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("the main path, from the invitation to the spent recovery code", async ({ page, house }) => {
    await walkTheMainPath(page, { ...(await invite(house)), words: chinese, scripts: true });
  });

  test("no page leaves an English word beside the Chinese ones", async ({ page, guest }) => {
    const ada = await guest({ apps: 1, codes: true, phones: ["+12125550177"] });
    const paths = [
      "/security",
      "/security/password",
      "/security/recovery-codes",
      "/security/factors/new",
      "/security/factors/new/sms",
      "/security/factors/new/email",
      `/security/factors/${ada.factorIds[0]}`,
      `/security/factors/${ada.factorIds[1]}`,
      `/security/factors/new/sms?replaces=${ada.factorIds[1]}`,
    ];
    for (const path of [...paths, "/challenge/expired", "/setup", "/nothing-here"]) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
      const references = await page.locator('code, [lang="en"]').allInnerTexts();
      const text = [ada.email, "npm run portal -- setup-link", ...references].reduce(
        (all, part) => all.replaceAll(part, ""),
        await page.innerText("body"),
      );
      const words = text.match(/[A-Za-z]{2,}/g) ?? [];
      expect(
        words.filter((word) => !["Sallyport", "Phone", "sms", "English", "QR"].includes(word)),
        path,
      ).toEqual([]);
    }
  });
});

test("the language can be chosen and stays, what was typed as well", async ({ page }) => {
  const login = loginScreen(page);
  await login.does.open();
  await page.getByLabel("Email, username or phone").fill("ada@example.test");
  await page.getByRole("button", { name: "简体中文" }).click();
  await expect(page.getByLabel(chinese.identifier)).toHaveValue("ada@example.test");
  await page.reload();
  await loginScreen(page, chinese).sees.isHere();
  await page.getByRole("button", { name: "English" }).click();
  await login.sees.isHere();
});
