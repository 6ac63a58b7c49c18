import { type Portal, startPortal } from "@/e2e/support/portal";
import { ensure } from "@/lib/kernel/assert";
import { testDatabase } from "@/lib/testing/test-database";

/** A portal that has no account yet. It starts when the first story asks for its set-up link; mostly none does. */
export function emptyPortal() {
  let begun: Promise<{ readonly portal: Portal; readonly drop: () => Promise<void> }> | null = null;
  return {
    async setupLink(): Promise<string> {
      begun ??= start();
      const { setupLink } = (await begun).portal;
      ensure(setupLink, "a portal without accounts prints its set-up link");
      return setupLink;
    },
    async close(): Promise<void> {
      if (begun === null) return;
      const { portal, drop } = await begun;
      await portal.stop();
      await drop();
    },
  };
}

async function start() {
  const { url, drop } = await testDatabase();
  return { portal: await startPortal(url, { TRUSTED_PROXIES: "127.0.0.0/8,::1" }), drop };
}
