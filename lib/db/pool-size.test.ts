import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as client from "@/lib/db/client";
import { knock } from "@/lib/testing/story";
import { makePerson, testContext } from "@/lib/testing/test-context";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";
import { setSettings } from "@/lib/testing/test-settings";

const size = 7;
/** The module once more, as the built pages have one beside the serving entry's. */
const ofThePages = "./client?pages";

let place: TestDatabase;
type Bundle = Pick<typeof client, "database" | "rawOf">;
const bundles: Bundle[] = [];
beforeAll(async () => {
  place = await testDatabase();
  setSettings({
    DATABASE_URL: `${place.url}&application_name=counted`,
    DATABASE_POOL: `${size}`,
    LOGINS_PER_ADDRESS: "1000",
  });
  const pages: Bundle = await import(ofThePages);
  bundles.push(client, pages);
});
afterAll(async () => {
  for (const { database } of bundles) await database().$disconnect();
  await globalThis.sallyportPool?.pool.end().catch(() => undefined);
  await place.drop();
});

test("forty logins at once, half of them by the entry and half by the pages, keep to DATABASE_POOL together", async () => {
  const [entry, pages] = bundles;
  if (!entry || !pages) throw new Error("There are two.");
  expect(entry.database()).not.toBe(pages.database());
  const person = await makePerson(testContext({ db: entry.database() }));
  const logins = Promise.all(
    Array.from({ length: 40 }, async (_, nth) => {
      const { database, rawOf } = nth % 2 === 0 ? entry : pages;
      const db = database();
      await knock(testContext({ db }), person);
      // cheap passwords keep nobody waiting: each holds a line of either way for a moment, as a slow statement does
      await Promise.all([rawOf(db).$queryRaw`SELECT pg_sleep(0.02)::text`, db.$queryRaw`SELECT pg_sleep(0.02)::text`]);
    }),
  );
  expect(await mostLines(logins)).toBe(size);
});

/** How many lines the portal had at most until that was done. */
async function mostLines(done: Promise<unknown>): Promise<number> {
  const own = new pg.Client({ connectionString: place.url });
  await own.connect();
  let [most, isDone] = [0, false];
  const ending = done.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    const { rows } = await own.query(
      "SELECT count(*)::int AS lines FROM pg_stat_activity WHERE application_name = 'counted'",
    );
    most = Math.max(most, Number(rows[0]?.lines));
  }
  await own.end();
  await ending;
  return most;
}
