import { afterAll, beforeAll, expect, test } from "vitest";
import {
  findUnsealed,
  hasEventsUpTo,
  highest,
  listBelow,
  listSignedBefore,
  listSignedEvents,
  readNumbers,
} from "@/lib/audit/seals/store";
import { inShortTransaction, sql } from "@/lib/context/context";
import type { RawDb } from "@/lib/db/client";
import { testHouse } from "@/lib/testing/test-context";
import { setSettings } from "@/lib/testing/test-settings";

type House = Awaited<ReturnType<typeof testHouse>>;
let house: House;
const events = 20_000;

beforeAll(async () => {
  setSettings();
  house = await testHouse();
  await house.db.$executeRaw`
    INSERT INTO security_events (at, name, result, ip, agent, meta)
    SELECT now(), 'factor.bound', 'ok', '', '', '{}' FROM generate_series(1, ${events}::int)`;
});
afterAll(() => house.close());

/** How many rows of events the database read for it, whatever it did with them. */
const rowsRead = (work: (db: RawDb) => Promise<unknown>): Promise<number> =>
  inShortTransaction(house.ctx, async (tx) => {
    const read = async () => {
      const [row] = await sql(tx).$queryRaw<{ count: number }[]>`
        SELECT (seq_tup_read + idx_tup_fetch)::int AS count FROM pg_stat_xact_user_tables WHERE relname = 'security_events'`;
      return row?.count ?? Number.NaN;
    };
    const before = await read();
    await work(sql(tx));
    return (await read()) - before;
  });

const [middle, page] = [BigInt(events / 2), 100];
const looks: readonly (readonly [string, (db: RawDb) => Promise<unknown>])[] = [
  ["a page from the beginning", (db) => listSignedEvents(db, 0n, page)],
  ["a page from the middle", (db) => listSignedEvents(db, middle, page)],
  ["the newest page", (db) => listSignedBefore(db, highest, page)],
  ["the page before it", (db) => listSignedBefore(db, middle, page)],
  ["events below the first number", (db) => listBelow(db, page)],
  ["which numbers were given", readNumbers],
  ["whether events wait for their seal", findUnsealed],
  ["whether events wait for the sweeper", (db) => hasEventsUpTo(db, middle)],
];

test("what is counted is what a statement reads", async () => {
  expect(await rowsRead((db) => db.$queryRaw`SELECT count(agent) FROM security_events`)).toBe(events);
});

/** With the statistics of an empty table, as after a restore, and with those of this one: the database may choose another way. */
test.each(["without statistics", "with statistics"])("%s a look at a large record reads a page of it", async (when) => {
  if (when === "with statistics") await house.db.$executeRaw`ANALYZE security_events`;
  for (const [what, look] of looks) expect(await rowsRead(look), what).toBeLessThanOrEqual(page + 5);
});
