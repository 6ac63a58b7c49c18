import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { untilAwake } from "@/e2e/support/awake";

declare global {
  /** In the page: what moved without having been touched, and when, noted by the browser itself. */
  var moved: { at: number; what: string }[];
}

/**
 * Watches what moves by itself on every page from now on, as on a slow line: people read, and reach for a button, before the scripts
 * are there.
 */
export async function watchMoves(page: Page): Promise<void> {
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
}

/** What has moved on this page since its first script was there. */
export async function movesOf(page: Page): Promise<string[]> {
  await untilAwake(page);
  await pause(300);
  return page.evaluate(movedByScripts);
}

/** In the page: what moved since the first script was there. Before that, a browser may show a line whose words are still on their way. */
function movedByScripts(): string[] {
  const scripts = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/_next/static/"));
  const first = Math.min(
    ...scripts.filter(({ name }) => name.endsWith(".js")).map((one) => one.startTime + one.duration),
  );
  return globalThis.moved.filter(({ at }) => at >= first).map(({ what }) => what);
}
