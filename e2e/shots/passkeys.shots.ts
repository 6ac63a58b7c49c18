import { join } from "node:path";
import { passkeyScreens } from "@/e2e/support/gallery-passkeys";
import { test } from "@/e2e/support/passkey-portal";

const folder = join(import.meta.dirname, "../../screens");
const windows = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } } as const;

/** The pictures of the screens that passkeys change, taken at the portal that offers them. */
for (const [language, locale] of Object.entries({ en: "en-GB", zh: "zh-CN" })) {
  test.describe(language, () => {
    test.use({ locale });
    for (const [name, open] of Object.entries(passkeyScreens)) {
      test(name, async ({ visit }) => {
        await open(visit);
        for (const [device, viewport] of Object.entries(windows)) {
          await visit.page.setViewportSize(viewport);
          for (const colorScheme of ["light", "dark"] as const) {
            await visit.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            const path = join(folder, `${name}-${language}-${device}-${colorScheme}.png`);
            await visit.page.screenshot({ path, fullPage: true, animations: "disabled", caret: "hide" });
          }
        }
      });
    }
  });
}
