import { join } from "node:path";
import { startPortal } from "@/e2e/support/portal";
import { startTestServer, testDatabase } from "@/lib/testing/test-database";

/**
 * Playwright's global setup: a throw-away PostgreSQL and one portal for the whole run; the workers inherit where they are.
 * Every test comes from an address of its own (`X-Forwarded-For`, believed from loopback here), so limits by address hold
 * per test. Returns what ends both; both also end by themselves when this process is killed.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startTestServer(join(import.meta.dirname, "../.."), { inMemory: true });
  const { url } = await testDatabase();
  const portal = await startPortal(url, { TRUSTED_PROXIES: "127.0.0.0/8,::1" });
  Object.assign(process.env, { E2E_PORTAL_URL: portal.url, E2E_DATABASE_URL: url, E2E_DATA_DIR: portal.dataDir });
  return async () => {
    await portal.stop();
    await server.stop();
  };
}
