import { join } from "node:path";
import { leaksOf } from "@/e2e/support/canaries";
import { commonHouse } from "@/e2e/support/house";
import { startPortal } from "@/e2e/support/portal";
import { startTestServer, testDatabase } from "@/lib/testing/test-database";

/**
 * Playwright's global setup: a throw-away PostgreSQL and one portal for the whole run; the workers inherit where they are.
 * Every test comes from an address of its own (`X-Forwarded-For`, believed from loopback here), so limits by address hold
 * per test. Returns what looks for secrets in all that was said and stored, and ends both; both also end by themselves when this process is killed.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const server = await startTestServer(join(import.meta.dirname, "../.."), { inMemory: true });
  const { url } = await testDatabase();
  const portal = await startPortal(url, { TRUSTED_PROXIES: "127.0.0.0/8,::1" });
  Object.assign(process.env, { E2E_PORTAL_URL: portal.url, E2E_DATABASE_URL: url, E2E_DATA_DIR: portal.dataDir });
  return async () => {
    try {
      await expectNoLeaks(portal.output());
    } finally {
      await portal.stop();
      await server.stop();
    }
  };
}

/** Throws, naming them, where secrets stand in what the portal of the run has said, or in what it has stored. */
async function expectNoLeaks(said: string): Promise<void> {
  const house = commonHouse();
  const leaks = await leaksOf(house, said, typedPasswords).finally(() => house.close());
  if (leaks.length > 0) throw new Error(`Secrets stand where none may:\n${leaks.slice(0, 20).join("\n")}`);
}

/** What most people of the stories type: the right one, and wrong ones. */
const typedPasswords = ["seven quiet herons at dawn", "not the password at all", "the ninetieth wrong one"];
