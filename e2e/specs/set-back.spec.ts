import { expect, test } from "@/e2e/support/fixtures";

/** With scripts and without: after a restore a person reads what was undone before they do anything else, once. */
for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("whoever was set back reads it first, on every page, and then never again", async ({ page, guest, house }) => {
      const ada = await guest({ apps: 1 });
      await house.sql("UPDATE users SET set_back_to = '2030-01-06T22:00:00Z' WHERE id = $1", [ada.userId]);
      await page.goto("/security/sessions");
      await expect(page.getByRole("heading", { name: "Your account was set back" })).toBeVisible();
      await expect(page.getByText("Your recovery codes open nothing any more", { exact: false })).toBeVisible();
      await page.goto("/security/devices");
      await expect(page.getByRole("heading", { name: "Your account was set back" })).toBeVisible();
      await page.getByRole("button", { name: "Look at my account" }).click();
      await expect(page.getByRole("heading", { name: "Account security" })).toBeVisible();
      await page.goto("/security/set-back");
      await expect(page).toHaveURL(/\/security$/);
    });
  });
}
