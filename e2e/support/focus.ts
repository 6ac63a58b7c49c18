import type { Page } from "@playwright/test";

/** What has the focus: its name as a screen reader says it, roughly, and whether a ring shows it inside the window. */
export type Stop = { readonly name: string; readonly isVisible: boolean };

/** Looks at what has the focus now. */
export function focusedStop(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement)) return { name: "", isVisible: false };
    const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : null;
    const name = focused.getAttribute("aria-label") ?? label ?? focused.innerText ?? "";
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const { width, height, bottom, right } = focused.getBoundingClientRect();
    const hasRing = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    return { name: name.trim(), isVisible: hasRing && width > 0 && height > 0 && bottom > 0 && right > 0 };
  });
}

/** Presses Tab `presses` times and notes every stop. */
export async function focusWalk(page: Page, presses: number): Promise<Stop[]> {
  const stops: Stop[] = [];
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press("Tab");
    stops.push(await focusedStop(page));
  }
  return stops;
}
