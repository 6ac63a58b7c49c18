import type { Page } from "@playwright/test";

/**
 * Waits until the scripts of the page hold its forms. Before that moment a form works as a plain POST, but what only
 * scripts add (sending itself, the meter) is not there yet, and a story would be faster than any person.
 */
export async function untilAwake(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const forms = [...document.querySelectorAll("main form")];
    return forms.every((form) => Object.keys(form).some((key) => key.startsWith("__react")));
  });
}
