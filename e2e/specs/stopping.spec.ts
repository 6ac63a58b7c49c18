import { expect, test } from "@/e2e/support/fixtures";
import { ask } from "@/e2e/support/http";
import { withOwnPortal } from "@/e2e/support/own-portal";
import { freePort } from "@/e2e/support/portal";
import { visitUntilClosed } from "@/lib/testing/visitors";

test("a portal that is told to stop answers everybody who came in, says first that it is not ready, and closes its health port last", async () => {
  const health = await freePort();
  await withOwnPortal({ settings: { HEALTH_PORT: String(health) } }, async (portal) => {
    const { host, port } = new URL(portal.url);
    const headers = { host, accept: "text/html" };
    const form = { ...headers, origin: portal.url, "content-type": "application/x-www-form-urlencoded" };
    const kinds = [
      { path: "/login", headers },
      { method: "POST", path: "/login", headers: form, body: `identifier=${"x".repeat(2_000)}` },
      { path: "/favicon.svg", headers },
    ];
    const isReady = () => ask(`http://127.0.0.1:${health}`, "/readyz").then(({ status }) => status);
    const asked = (nth: number) => kinds[nth % kinds.length] ?? { path: "/" };
    expect([(await ask(portal.url, "/login")).status, await isReady()]).toEqual([200, 200]);
    for (const path of ["/healthz", "/readyz", "/metrics"]) // of that port alone
      expect((await ask(portal.url, path)).status, path).toBe(404);
    const visiting = visitUntilClosed({ port: Number(port), visitors: 36, asked });
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
