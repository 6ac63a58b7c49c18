import { request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { secret } from "@/lib/kernel/secret";
import { serveHealth } from "@/lib/serve/health";
import { type BootReport, reportBoot } from "@/lib/serve/portal-state";
import { neverMeasured } from "@/lib/testing/never-measured";

let server: Server | null = null;
const house = { isReady: true, why: [] as readonly string[], looks: 0 };
const nothing = async () => undefined;
const noFigures = async () => {
  throw new Error("Nobody asks for figures here.");
};

/** What this file's portal reports besides its readiness: nothing worth a word. */
const report = {
  mistake: null,
  setupLink: null,
  unproven: [],
  begin: () => undefined,
  skew: async () => 0,
  figures: noFigures,
  noteForeignOrigin: () => undefined,
  rest: nothing,
} satisfies Omit<BootReport, "readiness">;

beforeEach(() => {
  Object.assign(house, { isReady: true, why: [], looks: 0 });
  const readiness = async () => {
    house.looks += 1;
    return { isReady: house.isReady, why: house.why };
  };
  reportBoot({ ...report, readiness });
});
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
  reportBoot(null);
  globalThis.sallyportClock = undefined;
});

type More = { readonly method?: string; readonly headers?: Readonly<Record<string, string>> };

type Lain = { readonly isOpen?: boolean; readonly token?: string | null; readonly dataDir?: string };

const metrics = { token: null, contentType: "text/plain", scrape: async () => "sallyport_info 1\n" };

async function listen(
  host: string,
  { isOpen = true, token = null, dataDir = tmpdir() }: Lain = {},
): Promise<(path: string, more?: More) => Promise<{ status: number; body: unknown }>> {
  const told = { ...metrics, token: token === null ? null : secret(token) };
  server = await serveHealth({ host, port: 0 }, { dataDir, isOpen: () => isOpen, metrics: told });
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return (path, more = {}) =>
    new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port, path, ...more }, (got) => {
        let text = "";
        got.setEncoding("utf8").on("data", (piece: string) => {
          text += piece;
        });
        got.once("end", () =>
          resolve({ status: got.statusCode ?? 0, body: text.startsWith("{") ? JSON.parse(text) : text }),
        );
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
  for (const path of [
    "/",
    "/metrics/",
    "/metrics?all",
    "//metrics",
    "/Metrics",
    "/readyz/",
    "/readyz?why",
    "/healthz/x",
    "/login",
  ])
    expect((await ask(path)).status, path).toBe(404);
});

const told = { status: 200, body: "sallyport_info 1\n" };
const nothingThere = { status: 404, body: { status: "unknown" } };
const token = "a-token-that-only-prometheus-has";
const bearing = (authorization: string): More => ({ headers: { authorization } });

describe("the metrics", () => {
  test("are told to this machine by its own name, and to nobody who asks for another that leads here", async () => {
    const ask = await listen("127.0.0.1");
    for (const host of ["127.0.0.1:3001", "localhost", "LOCALHOST.:3001", "[::1]:3001"])
      expect(await ask("/metrics", { headers: { host } }), host).toEqual(told);
    for (const host of [
      "evil.test",
      "login.example.test:3001",
      "127.0.0.1.evil.test",
      "evil.test#127.0.0.1",
      "ada@127.0.0.1",
      "@",
    ])
      expect(await ask("/metrics", { headers: { host } }), host).toEqual(nothingThere);
    expect((await ask("/metrics", { method: "POST" })).status).toBe(405);
  });

  test("are not there for the world, whatever it brings, while no token is set", async () => {
    const ask = await listen("0.0.0.0");
    for (const more of [{}, bearing("Bearer "), bearing("Bearer null"), bearing(`Bearer ${token}`), { method: "POST" }])
      expect(await ask("/metrics", more)).toEqual(nothingThere);
  });

  test.each(["0.0.0.0", "127.0.0.1"])("at %s are for whoever brings the token, once it is set", async (host) => {
    const ask = await listen(host, { token });
    expect(await ask("/metrics", bearing(`Bearer ${token}`))).toEqual(told);
    expect(await ask("/metrics", bearing(`bearer ${token}`))).toEqual(told);
    const others = ["", "Bearer", "Bearer ", token, `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`];
    for (const one of [...others, `Bearer  ${token}`, `Bearer ${token} x`, `Bearer x, Bearer ${token}`])
      expect(await ask("/metrics", bearing(one)), one).toEqual({ status: 401, body: { status: "wrong token" } });
    expect((await ask("/metrics")).status).toBe(401);
  });

  test("that cannot be told are a line of the log, and not the end of the port", async () => {
    const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const scrape = () => Promise.reject(new Error("A gauge of ada@example.test failed."));
    server = await serveHealth(
      { host: "127.0.0.1", port: 0 },
      { dataDir: tmpdir(), isOpen: () => true, metrics: { ...metrics, scrape } },
    );
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const got = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect([got.status, await got.text()]).toEqual([500, '{"status":"failed"}\n']);
    const lines = written.mock.calls.map(([line]) => String(line));
    written.mockRestore();
    expect(lines.filter((line) => line.includes("metrics.not_told"))).toHaveLength(1);
    expect(lines.join("")).not.toContain("ada@example.test");
  });
});

test("a look that cannot be had is not ready, and the log says why, now and then", async () => {
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const ask = await listen("127.0.0.1", { dataDir: join(tmpdir(), "where", "nothing", "lies") });
  for (let times = 0; times < 30; times += 1)
    expect(await ask("/readyz")).toEqual({ status: 503, body: { status: "not ready", why: ["check failed"] } });
  const lines = written.mock.calls.map(([line]) => String(line)).filter((line) => line.includes("health.not_looked"));
  written.mockRestore();
  expect(lines).toHaveLength(10);
  expect(lines[0]).toContain("ENOENT");
});

test("an hour that cannot be trusted is not ready", async () => {
  globalThis.sallyportClock = neverMeasured();
  const ask = await listen("127.0.0.1");
  expect(await ask("/readyz")).toEqual({ status: 503, body: { status: "not ready", why: ["clock"] } });
});

test("before the portal is open, and while it stops, the house is not asked", async () => {
  const ask = await listen("127.0.0.1", { isOpen: false });
  expect(await ask("/readyz")).toEqual({ status: 503, body: { status: "not ready", why: ["not open"] } });
  expect(house.looks).toBe(0);
});

test("fifty who ask at once cost the database one look", async () => {
  let answer = () => {};
  const looked = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const ask = await listen("127.0.0.1");
  const readiness = async () => {
    house.looks += 1;
    await looked;
    return house;
  };
  reportBoot({ ...report, readiness });
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
  const asked = serveHealth({ host: "192.0.2.1", port: 0 }, { dataDir: tmpdir(), isOpen: () => true, metrics });
  await expect(asked).rejects.toThrow("HEALTH_HOST 192.0.2.1 is no address of this machine.");
});
