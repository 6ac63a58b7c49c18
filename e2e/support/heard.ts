import { expect, type Page } from "@playwright/test";

/**
 * A page as a screen reader goes through it, from the accessibility tree: these things, in this order, whatever stands between them. What something is
 * called comes first, then what went wrong with it, then the button that goes on, then the other ways.
 */
export const isHeardAs = (page: Page, ...inOrder: readonly string[]): Promise<void> =>
  expect(page.getByRole("main")).toMatchAriaSnapshot(`- main:\n${inOrder.map((line) => `  - ${line}\n`).join("")}`);
