import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { betweenMistake, lookBetween } from "@/lib/db/pooler";
import { type Pooler, pgbouncer, startPooler } from "@/lib/testing/pooler";
import { startLine } from "@/lib/testing/spoken-line";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

let place: TestDatabase;
beforeAll(async () => {
  place = await testDatabase();
});
afterAll(() => place.drop());

test("nothing lies between a portal and its own PostgreSQL", async () => {
  expect(await lookBetween(place.url)).toEqual({ zone: "UTC", pooling: "none", keepsNames: true });
  expect(await betweenMistake({ url: place.url, directUrl: place.url, named: true })).toBeNull();
});

test("what brings its own time zone is told with its name, whatever else lies there", async () => {
  const line = await startLine(place.url, (said) => said.replace("TimeZone = 'UTC'", "TimeZone = 'EST'"));
  try {
    const addresses = { url: line.url, directUrl: place.url, named: true };
    expect(await betweenMistake(addresses)).toMatch(
      /^The database answers in the time zone EST .* set DATABASE_URL past it\.$/,
    );
  } finally {
    await line.stop();
  }
});

describe.skipIf(pgbouncer === null)("PgBouncer", () => {
  const poolers: Pooler[] = [];
  const through = async (mode: Parameters<typeof startPooler>[1]) => {
    const pooler = await startPooler(place.url, mode, 5);
    poolers.push(pooler);
    return pooler.through(place.url);
  };
  afterAll(async () => {
    for (const pooler of poolers) await pooler.stop();
  });

  test("that keeps a connection for a session is as good as none", async () => {
    const url = await through("session");
    expect(await betweenMistake({ url, directUrl: url, named: true })).toBeNull();
  });

  test("that hands one out for each transaction wants unnamed statements and a way past it, and is told apart by what is missing", async () => {
    const url = await through("transaction");
    expect(await lookBetween(url)).toEqual({ zone: "UTC", pooling: "transactions", keepsNames: false });
    expect(await betweenMistake({ url, directUrl: place.url, named: true })).toMatch(/DATABASE_STATEMENTS=unnamed/);
    expect(await betweenMistake({ url, directUrl: url, named: false })).toMatch(/Set DATABASE_DIRECT_URL/);
    expect(await betweenMistake({ url: place.url, directUrl: url, named: true })).toMatch(/^DATABASE_DIRECT_URL leads/);
    expect(await betweenMistake({ url, directUrl: place.url, named: false })).toBeNull();
  });

  test("that hands one out for each statement is refused: it takes no transactions", async () => {
    const url = await through("statement");
    expect(await lookBetween(url)).toEqual({ zone: "UTC", pooling: "statements", keepsNames: false });
    const sentence = await betweenMistake({ url, directUrl: place.url, named: false });
    expect(sentence).toMatch(/takes no transactions\. Give it pool_mode = session or transaction\.$/);
  });
});
