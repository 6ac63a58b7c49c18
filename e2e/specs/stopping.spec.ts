import pg from "pg";
import { expect, test } from "@/e2e/support/fixtures";
import { ask } from "@/e2e/support/http";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { freePort } from "@/e2e/support/portal";
import { inTurn, visitUntilClosed } from "@/lib/testing/visitors";

test("a portal that is told to stop answers everybody who came in, and says first that it is not ready", async () => {
  const health = await freePort();
  await withOwnPortal({ settings: { HEALTH_PORT: String(health) } }, async (portal) => {
    const isReady = () => ask(`http://127.0.0.1:${health}`, "/readyz").then(({ status }) => status);
    expect([(await ask(portal.url, "/login")).status, await isReady()]).toEqual([200, 200]);
    for (const path of ["/healthz", "/readyz", "/metrics"]) // of that port alone
      expect((await ask(portal.url, path)).status, path).toBe(404);
    // few enough that whoever watches gets through beside them in the two seconds that the door stays open
    const visiting = visitUntilClosed({ port: portal.port, visitors: 12, asked: inTurn(portal.url) });
    portal.signal("SIGTERM");
    await expect.poll(isReady, { intervals: [20] }).toBe(503);
    const served = await ask(portal.url, "/login", { headers: { connection: "keep-alive" } });
    expect([served.status, served.headers.connection]).toEqual([200, "close"]);
    const { answers, lost } = await visiting;
    expect([lost, Object.keys(answers)]).toEqual([[], ["200"]]);
    const said: (number | string)[] = [];
    while (!portal.hasEnded()) said.push(await isReady().catch(() => "closed"));
    expect(said.filter((status) => status === 200)).toEqual([]);
  });
});

test("a portal is one of those on its database while it runs, once, and none of them afterwards", async () => {
  await withOwnPortal({}, async (portal) => {
    const client = new pg.Client({ connectionString: portal.databaseUrl });
    await client.connect();
    try {
      const living = async () => (await client.query("SELECT count(*)::int AS count FROM portals")).rows;
      expect(await living()).toEqual([{ count: 1 }]);
      portal.signal("SIGTERM");
      await expect.poll(() => portal.hasEnded(), { timeout: 20_000 }).toBe(true);
      expect(await living()).toEqual([{ count: 0 }]);
    } finally {
      await client.end();
    }
  });
});
