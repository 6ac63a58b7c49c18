import { expect, test } from "@/e2e/support/fixtures";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled });

    test("an address that leads nowhere says where one is, in both languages, and leads on", async ({ page }) => {
      await page.goto("/nothing/here?at=all");
      await expect(page.getByRole("heading", { level: 1, name: "There is no page here" })).toBeVisible();
      await expect(page.getByText("Sallyport", { exact: true })).toBeVisible();
      const other = page.locator('[lang="zh-Hans"]');
      await expect(other).toHaveText("找不到此页面。链接可能已过期或输入有误。请从首页重新开始。");
      await page.getByRole("link", { name: "Go to the start page" }).click();
      await expect(page).toHaveURL(/\/login/);
    });
  });
}
