import { expect, test } from "@/e2e/support/fixtures";
import { manners } from "@/e2e/support/manners";

/** After a restore a person reads what was undone before they do anything else, once. */
for (const { manner, scripts, locale, words, say } of manners) {
  test.describe(manner, () => {
    test.use({ javaScriptEnabled: scripts, locale });
    const title = say("set_back.page_title");

    test("whoever was set back reads it first, on every page, and then never again", async ({ page, guest, house }) => {
      const ada = await guest({ apps: 1 });
      await house.sql("UPDATE users SET set_back_to = '2030-01-06T22:00:00Z' WHERE id = $1", [ada.userId]);
      await page.goto("/security/sessions");
      await expect(page.getByRole("heading", { name: title })).toBeVisible();
      await expect(page.getByText(say("set_back.codes"))).toBeVisible();
      await page.goto("/security/devices");
      await expect(page.getByRole("heading", { name: title })).toBeVisible();
      await page.getByRole("button", { name: say("set_back.button") }).click();
      await expect(page.getByRole("heading", { name: words.securityTitle })).toBeVisible();
      await page.goto("/security/set-back");
      await expect(page).toHaveURL(/\/security$/);
    });
  });
}
