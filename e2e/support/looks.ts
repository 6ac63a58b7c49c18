import { expect, type Page } from "@playwright/test";
import axeCore from "axe-core";

declare global {
  /** In the page, once its source has been run there. */
  var axe: { readonly run: typeof axeCore.run };
}

/** axe finds nothing in light and dark, and the page fits a narrow window and a finger. Begins in light. */
export async function looksRight(page: Page): Promise<void> {
  await page.evaluate(axeCore.source);
  expect(await violations(page), "light").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page, "color-contrast"), "dark").toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sideways(page), "wider than 320 px").toEqual([]);
  expect(await smallTargets(page), "smaller than 44 px").toEqual([]);
}

/** The rules of WCAG 2.2 A and AA and axe's own good practice; of another theme only what colours change. */
async function violations(page: Page, onlyRule?: "color-contrast"): Promise<string[]> {
  const found = await page.evaluate(
    (rule) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(rule && { runOnly: [rule] }) }),
    onlyRule,
  );
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

/** Controls that a finger would miss: of a tick inside its label the label. A link inside a sentence may be as high as its line (WCAG 2.2, 2.5.8). */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, select")];
    const controls = all.map(
      (each) => (each.matches("[type=checkbox], [type=radio]") && each.closest("label")) || each,
    );
    return controls
      .filter((each) => each.checkVisibility() && !each.matches("p a") && !each.matches(".sr-only"))
      .map((each) => ({ html: each.outerHTML.slice(0, 120), box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 44 || box.width < 24)
      .map(({ html, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`);
  });
}
