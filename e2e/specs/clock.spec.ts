import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@/e2e/support/fixtures";
import { ask, filled, formIn, post } from "@/e2e/support/http";
import { type OwnPortal, withOwnPortal } from "@/e2e/support/own-portal";
import { freePort } from "@/e2e/support/portal";

const preload = pathToFileURL(join(import.meta.dirname, "../support/movable-clock.mjs")).href;

type Moved = { readonly portal: OwnPortal; readonly health: string; move(seconds: number): Promise<void> };

/** Runs `story` at a portal whose clock can be set. */
async function withMovableClock(story: (given: Moved) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), "clock-"));
  const [file, port] = [join(folder, "ahead"), await freePort()];
  const settings = { HEALTH_PORT: String(port), AHEAD_FILE: file, NODE_OPTIONS: `--import ${preload}` };
  try {
    await withOwnPortal({ settings }, async (portal) => {
      const move = async (seconds: number) => {
        await writeFile(file, String(seconds * 1_000));
        portal.signal("SIGUSR2");
      };
      await story({ portal, health: `http://127.0.0.1:${port}`, move });
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("while the clock is far off nobody is judged by it, in words and in JSON; files and health go on", async () => {
  await withMovableClock(async ({ portal, health, move }) => {
    const statusOf = async (base: string, path: string) => (await ask(base, path)).status;
    const soon = { intervals: [20], timeout: 5_000 };
    const login = await ask(portal.url, "/login");
    expect([login.status, await statusOf(health, "/readyz")]).toEqual([200, 200]);
    const form = filled(formIn(login.body, 'name="identifier"'), { identifier: "ada@example.test", password: "x" });
    for (const seconds of [90, -31]) {
      await move(seconds);
      await expect.poll(() => statusOf(portal.url, "/login"), soon).toBe(503);
      for (const got of [await ask(portal.url, "/login"), await post(portal.url, "/login", form)]) {
        expect([got.status, Number(got.headers["retry-after"]) > 0, got.setCookies]).toEqual([503, true, []]);
        expect(got.body).toContain("We cannot answer right now");
      }
      const api = await ask(portal.url, "/api/v2/users/me");
      expect(JSON.parse(api.body)).toMatchObject({ code: 503 });
      expect(Number(api.headers["retry-after"])).toBeGreaterThan(0);
      expect([await statusOf(portal.url, "/favicon.svg"), await statusOf(health, "/healthz")]).toEqual([200, 200]);
      expect(JSON.parse((await ask(health, "/readyz")).body)).toEqual({ status: "not ready", why: ["clock"] });
      await move(0);
      await expect.poll(() => statusOf(portal.url, "/login"), soon).toBe(200);
      expect((await post(portal.url, "/login", form)).status).toBe(200); // judged again, and wrong
    }
    await move(3);
    await expect.poll(() => statusOf(health, "/readyz"), soon).toBe(503);
    expect(await statusOf(portal.url, "/login")).toBe(200);
    expect(portal.output()).toMatch(/"event":"clock\.apart","seconds":90(?:\.\d)?,"serving":false/);
  });
});
