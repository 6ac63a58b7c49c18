import { setTimeout as pause } from "node:timers/promises";
import { english } from "@/e2e/screens/words";
import { untilAwake } from "@/e2e/support/awake";
import { test } from "@/e2e/support/empty-portal";
import { expect } from "@/e2e/support/fixtures";
import { gallery } from "@/e2e/support/gallery";

declare global {
  /** In the page: what moved without having been touched, noted by the browser itself. */
  var moved: string[];
}

test.use({ viewport: { width: 390, height: 844 } });

/** Where a form was sent, the answer may well move things: these screens are seen without it under another name. */
const unanswered = Object.entries(gallery).filter(([name]) => !/-(?:refused|wrong)$/.test(name));

for (const [name, open] of unanswered) {
  test(`${name}: nothing moves when the scripts wake up`, async ({ page, context, house, setupLink }) => {
    // As on a slow line: people read, and reach for a button, before the scripts are there.
    await page.route(/\/_next\/static\/.*\.js/, async (route) => {
      await pause(400);
      await route.continue();
    });
    await page.addInitScript(() => {
      globalThis.moved = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const sources: { node?: Node }[] = Reflect.get(entry, "sources");
          const nodes = sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 120) : "text"));
          globalThis.moved.push(`${Reflect.get(entry, "value")}: ${nodes.join(" | ")}`);
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await open({ page, context, house, words: english, setupLink });
    await untilAwake(page);
    await pause(300);
    expect(await page.evaluate(() => globalThis.moved)).toEqual([]);
  });
}
