import { test as base } from "@/e2e/support/fixtures";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { ensure } from "@/lib/kernel/assert";

/** The stories' `test` with, once per worker, the set-up link of a portal that has no account yet. */
export const test = base.extend<object, { readonly setupLink: string }>({
  setupLink: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from a pattern
    async ({}, use) => {
      const settings = { TRUSTED_PROXIES: "127.0.0.0/8,::1" };
      await withOwnPortal({ settings }, async ({ setupLink }) => {
        ensure(setupLink, "a portal without accounts prints its set-up link");
        await use(setupLink);
      });
    },
    { scope: "worker" },
  ],
});
