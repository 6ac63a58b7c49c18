import { expect, test } from "@/e2e/support/fixtures";
import { ask } from "@/e2e/support/http";
import { withOwnPortal } from "@/e2e/support/own-portal";

/** Two faults that nobody awaits or catches, each at a signal, in the process of the real portal. */
const faults = `data:text/javascript,${encodeURIComponent(`
  process.on("SIGUSR2", () => void Promise.reject(new Error("code 123" + "456")));
  process.on("SIGURG", () => { throw new Error("code 123" + "456"); });
`)}`;

test("a forgotten rejection costs a line of the log, an uncaught fault ends the portal in order, and neither is quoted", async () => {
  await withOwnPortal({ settings: { NODE_OPTIONS: `--import=${faults}` } }, async (portal) => {
    expect((await ask(portal.url, "/login")).status).toBe(200); // Next brings its own listeners with the first page
    portal.signal("SIGUSR2");
    await expect.poll(portal.output).toContain('"event":"process.unhandled_rejection"');
    expect((await ask(portal.url, "/login")).status).toBe(200);
    expect(portal.hasEnded()).toBe(false);
    portal.signal("SIGURG");
    await expect.poll(portal.hasEnded).toBe(true);
    expect(portal.output()).toContain('"event":"process.uncaught_exception"');
    expect(portal.output()).not.toContain("123456");
  });
});
