import type { Page } from "@playwright/test";
import { letIn } from "@/e2e/support/entry";
import { expect, test } from "@/e2e/support/fixtures";

const phone = { width: 390, height: 844 };

async function onPhone(page: Page, path: string) {
  await page.setViewportSize(phone);
  await page.goto(path);
  const places = page.getByRole("navigation", { name: "Your account" });
  const button = places.getByRole("button");
  return { places, button, shown: places.getByRole("link") };
}

for (const scripts of [true, false]) {
  test.describe(scripts ? "with scripts" : "without scripts", () => {
    test.use({ javaScriptEnabled: scripts });

    test("on a phone one line says where somebody is, and the other places are behind it, by finger and by key", async ({
      page,
      context,
      house,
      person,
    }) => {
      await letIn(house, context, await person());
      const { places, button, shown } = await onPhone(page, "/security/contacts");
      await expect(button).toHaveAccessibleName("Your account Contact addresses");
      expect((await places.boundingBox())?.height).toBeLessThan(60);
      await expect(shown).toHaveCount(0);
      await button.click();
      await expect(shown).toHaveCount(9);
      await expect(shown.and(page.locator("[aria-current=page]"))).toHaveAccessibleName("Contact addresses");
      await page.keyboard.press("Escape");
      await expect(shown).toHaveCount(0);
      await button.focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await expect(shown.first()).toBeFocused();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/security\/password/);
    });
  });
}

test("on a desk the places stand beside the page, without a button", async ({ page, context, house, person }) => {
  await letIn(house, context, await person());
  await page.goto("/security");
  const places = page.getByRole("navigation", { name: "Your account" });
  await expect(places.getByRole("link")).toHaveCount(9);
  await expect(places.getByRole("button")).toHaveCount(0);
});
