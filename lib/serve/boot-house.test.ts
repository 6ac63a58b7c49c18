import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeIndexKeys } from "@/lib/crypto/index-keys";
import { database, rawOf } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { days, hours, later } from "@/lib/kernel/duration";
import { bootHouse } from "@/lib/serve/boot-house";
import { bootReport, offerFromPages, reportBoot } from "@/lib/serve/portal-state";
import { rewriteStored } from "@/lib/serve/rewrite-stored";
import { openHouse } from "@/lib/testing/story";
import { ringOf, setSettings, testKeys } from "@/lib/testing/test-settings";
import { until } from "@/lib/testing/until";

const house = openHouse();
let dataDir: string;

/** Two fresh checkouts: each has made keys of its own, and calls them alike. */
const checkouts = { a: testKeys.one, b: testKeys.two.replace("two:", "one:") } as const;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "boot-"));
  globalThis.sallyportServes = true;
  await house.db.keyCheck.deleteMany();
  await house.db.indexKey.deleteMany();
  await house.db.portal.deleteMany();
});
afterEach(async () => {
  vi.useRealTimers();
  await bootReport()?.rest();
  globalThis.sallyportServes = undefined;
  reportBoot(null);
  await database().$disconnect();
  rmSync(dataDir, { recursive: true });
});

/** What a start does in the turn of the migrations. */
async function migrate(keys: string): Promise<void> {
  globalThis.sallyportIndexKeys = undefined;
  setSettings({ PORTAL_KEYS: keys, DATABASE_URL: house.url, DATA_DIR: dataDir });
  globalThis.sallyportIndexKeys = undefined;
  await rewriteStored(() => undefined)(rawOf(house.db));
}

/** The rest of that start. Out: the sentence that ends it, or null. */
async function boot(keys: string): Promise<string | null> {
  setSettings({ PORTAL_KEYS: keys, DATABASE_URL: house.url, DATA_DIR: dataDir });
  await bootHouse();
  const mistake = bootReport()?.mistake ?? null;
  await bootReport()?.rest();
  return mistake;
}

test("of two first starts with different keys of one name, one that is cut off keeps the empty database, and the other is told so", async () => {
  await migrate(checkouts.a);
  await migrate(checkouts.b);
  expect(await boot(checkouts.b)).toBe('The key "one" in PORTAL_KEYS is not the one that the data was written with.');
  await migrate(checkouts.a);
  expect(await boot(checkouts.a)).toBeNull();
});

test("so it is wherever the first was cut off: the second writes nothing, and the first goes on", async () => {
  await makeIndexKeys(rawOf(house.db), ringOf("one"));
  await house.db.indexKey.deleteMany({ where: { use: { in: ["mac:secret", "mac:event"] } } });
  await migrate(checkouts.b);
  expect([await house.db.keyCheck.count(), await house.db.indexKey.count()]).toEqual([0, 3]);
  expect(await boot(checkouts.b)).toMatch(
    /^This database was begun by a portal with other keys than those in PORTAL_KEYS\./,
  );
  expect(await house.db.keyCheck.count()).toBe(0);
  await migrate(checkouts.a);
  expect(await boot(checkouts.a)).toBeNull();
  expect([await house.db.keyCheck.count(), await house.db.indexKey.count()]).toEqual([1, 5]);
});

test("what a start writes is dated by the database, whatever this machine's clock says", async () => {
  await migrate(checkouts.a);
  const now = systemClock.now();
  vi.useFakeTimers({ toFake: ["Date"], now: later(now, days(8)) });
  expect(await boot(checkouts.a)).toBeNull();
  vi.useRealTimers();
  const [link] = await house.db.oneTimeLink.findMany({ where: { purpose: "setup" } });
  expect(Math.abs(Number(link?.expiresAt) - later(now, hours(24)).getTime())).toBeLessThan(hours(1));
  const [made] = await house.db.securityEvent.findMany({ where: { name: "setup.link_created" } });
  expect(Math.abs(Number(made?.at) - now.getTime())).toBeLessThan(hours(1));
});

test("what a start asks, and readiness and the clock's watch later, goes by the pool for SQL alone: Prisma is not made for it", async () => {
  await migrate(checkouts.a);
  setSettings({ PORTAL_KEYS: checkouts.a, DATABASE_URL: `${house.url}&application_name=start`, DATA_DIR: dataDir });
  await bootHouse();
  expect(await bootReport()?.readiness()).toEqual({ isReady: true, why: [] });
  expect(await bootReport()?.skew()).not.toBeNull();
  const [lines] = await rawOf(house.db).$queryRaw<{ count: number }[]>`
    SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'start'`;
  expect(lines?.count).toBeGreaterThan(0);
  expect(lines?.count).toBe(globalThis.sallyportPool?.pool.totalCount);
});

test("the work begins when it is told to: the pages that bring its code may be loaded long after the house was looked at", async () => {
  await migrate(checkouts.a);
  setSettings({ PORTAL_KEYS: checkouts.a, DATABASE_URL: house.url, DATA_DIR: dataDir });
  globalThis.sallyportFromPages = undefined;
  await bootHouse();
  await pause(2_200); // longer than the work waits once it is told
  expect(await bootReport()?.readiness()).toEqual({ isReady: true, why: [] });
  const beginWork = vi.fn(async () => async () => undefined);
  offerFromPages(async () => ({ beginWork, readFigures: () => Promise.reject(new Error("Nobody asks.")) }));
  bootReport()?.begin();
  await until(() => expect(beginWork).toHaveBeenCalledOnce());
  globalThis.sallyportFromPages = undefined;
});
