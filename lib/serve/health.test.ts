import { request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeClockWatch } from "@/lib/serve/clock-watch";
import { serveHealth } from "@/lib/serve/health";
import { type BootReport, reportBoot } from "@/lib/serve/portal-state";

let server: Server | null = null;
const house = { isReady: true, why: [] as readonly string[], looks: 0 };
const nothing = async () => undefined;

beforeEach(() => {
  Object.assign(house, { isReady: true, why: [], looks: 0 });
  const readiness = async () => {
    house.looks += 1;
    return { isReady: house.isReady, why: house.why };
  };
  const rest = { mistake: null, setupLink: null, unproven: [], skew: async () => 0, rest: nothing };
  reportBoot({ ...rest, readiness, noteForeignOrigin: () => undefined } satisfies BootReport);
});
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
  globalThis.sallyportBoot = undefined;
  globalThis.sallyportClock = undefined;
});

async function listen(
  host: string,
  isOpen = true,
): Promise<(path: string) => Promise<{ status: number; body: unknown }>> {
  server = await serveHealth({ host, port: 0 }, { dataDir: tmpdir(), isOpen: () => isOpen });
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return (path) =>
    new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port, path }, (got) => {
        let text = "";
        got.setEncoding("utf8").on("data", (piece: string) => {
          text += piece;
        });
        got.once("end", () => resolve({ status: got.statusCode ?? 0, body: JSON.parse(text) }));
      });
      asked.once("error", reject).end();
    });
}

test("on loopback it says what fails", async () => {
  const ask = await listen("127.0.0.1");
  expect(await ask("/healthz")).toEqual({ status: 200, body: { status: "ok" } });
  expect(await ask("/readyz")).toEqual({ status: 200, body: { status: "ready", why: [] } });
  Object.assign(house, { isReady: false, why: ["keyring"] });
  expect(await ask("/readyz")).toEqual({ status: 503, body: { status: "not ready", why: ["keyring"] } });
});

test("elsewhere it says only that something does", async () => {
  const ask = await listen("0.0.0.0");
  expect(await ask("/readyz")).toEqual({ status: 200, body: { status: "ready" } });
  Object.assign(house, { isReady: false, why: ["keyring"] });
  expect(await ask("/readyz")).toEqual({ status: 503, body: { status: "not ready" } });
});

test("there is nothing else at that port, under whatever name", async () => {
  const ask = await listen("127.0.0.1");
  for (const path of ["/", "/metrics", "/readyz/", "/readyz?why", "/healthz/x", "/login"])
    expect((await ask(path)).status, path).toBe(404);
});

test("an hour that cannot be trusted is not ready", async () => {
  globalThis.sallyportClock = makeClockWatch({ wall: () => 0, steady: () => 0, measure: async () => null });
  const ask = await listen("127.0.0.1");
  expect(await ask("/readyz")).toEqual({ status: 503, body: { status: "not ready", why: ["clock"] } });
});

test("before the portal is open, and while it stops, the house is not asked", async () => {
  const ask = await listen("127.0.0.1", false);
  expect(await ask("/readyz")).toEqual({ status: 503, body: { status: "not ready", why: ["not open"] } });
  expect(house.looks).toBe(0);
});

test("fifty who ask at once cost the database one look", async () => {
  let answer = () => {};
  const looked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const ask = await listen("127.0.0.1");
  const rest = { mistake: null, setupLink: null, unproven: [], skew: async () => 0, rest: nothing };
  const readiness = async () => {
    house.looks += 1;
    await looked;
    return house;
  };
  reportBoot({ ...rest, readiness, noteForeignOrigin: () => undefined });
  let came = 0;
  server?.on("request", () => {
    came += 1;
  });
  const all = Array.from({ length: 50 }, () => ask("/readyz"));
  while (came < 50) await nextTurn();
  answer();
  expect((await Promise.all(all)).filter(({ status }) => status === 200)).toHaveLength(50);
  expect(house.looks).toBe(1);
});

test("an address that is not here is told under the name of its setting", async () => {
  const asked = serveHealth({ host: "192.0.2.1", port: 0 }, { dataDir: tmpdir(), isOpen: () => true });
  await expect(asked).rejects.toThrow("HEALTH_HOST 192.0.2.1 is no address of this machine.");
});
