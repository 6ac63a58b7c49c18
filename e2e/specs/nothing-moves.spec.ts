import { setTimeout as pause } from "node:timers/promises";
import { english } from "@/e2e/screens/words";
import { untilAwake } from "@/e2e/support/awake";
import { test } from "@/e2e/support/empty-portal";
import { expect } from "@/e2e/support/fixtures";
import { gallery } from "@/e2e/support/gallery";

declare global {
  /** In the page: what moved without having been touched, and when, noted by the browser itself. */
  var moved: { at: number; what: string }[];
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
          const what = `${Reflect.get(entry, "value")}: ${nodes.join(" | ")}`;
          globalThis.moved.push({ at: entry.startTime, what });
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await open({ page, context, house, words: english, setupLink });
    await untilAwake(page);
    await page.waitForFunction(scriptsHoldTheFrame); // a page without a form of its own has its frame's
    await pause(300);
    expect(await page.evaluate(movedByScripts)).toEqual([]);
  });
}

/** In the page: React holds some form of it; where there is no script, nothing needs to. */
function scriptsHoldTheFrame(): boolean {
  const isHeld = (form: HTMLFormElement) => Object.keys(form).some((key) => key.startsWith("__react"));
  return document.scripts.length === 0 || [...document.forms].some(isHeld);
}

/** In the page: what moved since the first script was there. Before that, a browser may show a line whose words are still on their way. */
function movedByScripts(): string[] {
  const scripts = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/_next/static/"));
  const first = Math.min(
    ...scripts.filter(({ name }) => name.endsWith(".js")).map((one) => one.startTime + one.duration),
  );
  return globalThis.moved.filter(({ at }) => at >= first).map(({ what }) => what);
}
