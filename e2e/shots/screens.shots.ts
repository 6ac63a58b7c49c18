import { join } from "node:path";
import { chinese, english } from "@/e2e/screens/words";
import { test } from "@/e2e/support/fixtures";
import { gallery } from "@/e2e/support/gallery";

const folder = join(import.meta.dirname, "../../screens");

const languages = { en: { locale: "en-GB", words: english }, zh: { locale: "zh-CN", words: chinese } } as const;
const windows = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const;

/** `npm run shots`: every screen in both languages, on a phone and on a desk, light and dark, into `screens/`. */
for (const [language, { locale, words }] of Object.entries(languages)) {
  for (const [device, viewport] of Object.entries(windows)) {
    test.describe(`${language} ${device}`, () => {
      test.use({ locale, viewport, hasTouch: device === "phone", isMobile: device === "phone", deviceScaleFactor: 1 });
      for (const [name, open] of Object.entries(gallery)) {
        test(name, async ({ page, context, house, setupLink }) => {
          await open({ page, context, house, words, setupLink });
          for (const colorScheme of ["light", "dark"] as const) {
            await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            const path = join(folder, `${name}-${language}-${device}-${colorScheme}.png`);
            await page.screenshot({ path, fullPage: true, animations: "disabled", caret: "hide" });
          }
        });
      }
    });
  }
}

test.describe("in other circumstances", () => {
  for (const name of ["login", "challenge-wrong", "security", "codes-once"]) {
    test(`${name} with forced colours`, async ({ page, context, house, setupLink }) => {
      await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
      await gallery[name]?.({ page, context, house, words: english, setupLink });
      await page.screenshot({ path: join(folder, `${name}-forced-colours.png`), fullPage: true });
    });
  }

  test("codes-once on paper", async ({ page, context, house, setupLink }) => {
    await gallery["codes-once"]?.({ page, context, house, words: english, setupLink });
    await page.emulateMedia({ media: "print" });
    await page.screenshot({ path: join(folder, "codes-once-print.png"), fullPage: true });
  });
});
