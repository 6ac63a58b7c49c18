import type { Page } from "@playwright/test";
import axeCore from "axe-core";
import { english } from "@/e2e/screens/words";
import { test } from "@/e2e/support/empty-portal";
import { expect } from "@/e2e/support/fixtures";
import { gallery } from "@/e2e/support/gallery";

declare global {
  /** In the page, once its source has been run there. */
  var axe: { readonly run: typeof axeCore.run };
}

for (const [name, open] of Object.entries(gallery)) {
  test(`${name}: axe finds nothing in light and dark, and it fits 320 px`, async ({
    page,
    context,
    house,
    setupLink,
  }) => {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await open({ page, context, house, words: english, setupLink });
    await expect(page).toHaveTitle(/.+ · Sallyport$/);
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    expect(await violations(page), "light").toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page), "dark").toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await sideways(page), "wider than 320 px").toEqual([]);
    expect(await smallTargets(page), "smaller than 44 px").toEqual([]);
  });
}

/** The rules of WCAG 2.2 A and AA and axe's own good practice. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

/** What sticks out to the right of a narrow window (WCAG 2.2, 1.4.10). */
function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const all = [...document.querySelectorAll("body *")];
    return all
      .filter((each) => each.getBoundingClientRect().right > room + 1)
      .map((each) => each.outerHTML.slice(0, 120));
  });
}

/** Controls that a finger would miss. A link inside a sentence may be as high as its line (WCAG 2.2, 2.5.8). */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, select")];
    return controls
      .filter((each) => each.checkVisibility() && !each.matches("p a") && !each.matches(".sr-only"))
      .map((each) => ({ html: each.outerHTML.slice(0, 120), box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 44 || box.width < 24)
      .map(({ html, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`);
  });
}
