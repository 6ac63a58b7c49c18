import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Ctx, inShortTransaction, inTransaction, lastly, type RawCtx, sql } from "@/lib/context/context";
import { openDatabase, Prisma } from "@/lib/db/client";
import { isDatabaseFault } from "@/lib/db/database-fault";
import type { PrismaClient } from "@/lib/db/generated/client";
import { isLostTurn, retried } from "@/lib/db/retry";
import { testContext } from "@/lib/testing/test-context";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

const coded = (code: string, more: object = {}) => Object.assign(new Error("words"), { code, ...more });
const byPrisma = (code: string, cause: object = {}) =>
  coded(code, { meta: { driverAdapterError: Object.assign(new Error("DriverAdapterError"), { cause }) } });

/** What `doing` throws. */
async function faultOf(doing: Promise<unknown>): Promise<unknown> {
  return doing.then(
    () => expect.fail("it went well"),
    (fault: unknown) => fault,
  );
}

describe("which faults", () => {
  test.each([
    ["PostgreSQL's serialization failure", coded("40001")],
    ["PostgreSQL's deadlock", coded("40P01")],
    ["Prisma's word for both", byPrisma("P2034")],
    ["Prisma's word around a statement in SQL", byPrisma("P2010", { originalCode: "40001", kind: "postgres" })],
    ["its driver's word", byPrisma("P2010", { kind: "TransactionWriteConflict" })],
    ["a cause's", new Error("outside", { cause: coded("40001") })],
  ])("%s is a lost turn, and after the last try the database does not answer", (_, fault) => {
    expect([isLostTurn(fault), isDatabaseFault(fault)]).toEqual([true, true]);
  });

  test.each([
    ["a commit of which nobody knows", coded("40003")],
    ["a commit of which nobody knows, around a lost turn", coded("40003", { cause: coded("40001") })],
    ["a line that broke", coded("08006")],
    ["a line that broke while it was told", coded("ECONNRESET", { cause: coded("40001") })],
    ["a line that was closed", byPrisma("P1017")],
    ["a server that is going", coded("57P01")],
    ["the driver's word for a line that ended", new Error("Connection terminated unexpectedly")],
    ["an answer that did not come", new Error("Query read timeout")],
    ["a transaction that is over already", coded("25P02")],
    ["a row that is there already", coded("23505")],
    ["nothing", null],
  ])("%s is none", (_, fault) => expect(isLostTurn(fault)).toBe(false));
});

/** Time that passes on a busy machine ends no try. */
const standStill = () => vi.spyOn(performance, "now").mockReturnValue(0);

describe("how often", () => {
  test("those that have lost come one after the other, and one that hangs holds nobody up for long", async () => {
    const under = { way: 0, most: 0 };
    const lostOnce = (work: () => Promise<void>) => {
      let tries = 0;
      return retried(async () => {
        tries += 1;
        if (tries === 1) throw coded("40001");
        under.way += 1;
        under.most = Math.max(under.most, under.way);
        await work();
        under.way -= 1;
      });
    };
    await Promise.all(Array.from({ length: 20 }, () => lostOnce(() => new Promise((go) => setImmediate(go)))));
    expect(under.most).toBe(1);
    let end = () => {};
    const hanging = lostOnce(() => new Promise((go) => (end = go)));
    while (under.way === 0) await new Promise((go) => setImmediate(go));
    await lostOnce(async () => undefined);
    expect(under.most).toBe(2);
    end();
    await hanging;
  });

  test("twelve times, and then the last fault is thrown", async () => {
    standStill();
    const attempt = vi.fn(() => Promise.reject(coded("40001")));
    expect(await faultOf(retried(attempt))).toMatchObject({ code: "40001" });
    expect(attempt).toHaveBeenCalledTimes(12);
  });

  test("no longer than two seconds, however few tries that were", async () => {
    const hour = { now: 1_000 };
    vi.spyOn(performance, "now").mockImplementation(() => hour.now);
    const attempt = vi.fn(async () => {
      hour.now += 700;
      throw coded("40001");
    });
    await faultOf(retried(attempt));
    expect(attempt).toHaveBeenCalledTimes(4); // 700, 1 400 and 2 100 ms after the first has lost
  });

  test("once where it went well, or where the fault is another one", async () => {
    const [well, badly] = [vi.fn(async () => "well"), vi.fn(() => Promise.reject(coded("23505")))];
    expect(await retried(well)).toBe("well");
    await faultOf(retried(badly));
    expect([well, badly].map((each) => each.mock.calls.length)).toEqual([1, 1]);
  });
});

/** A table whose rows are refused as often as `losing` says, in the words of a lost turn; a sequence counts, because it forgets nothing. */
const losing = `
  CREATE TABLE lots (id text PRIMARY KEY, times integer NOT NULL DEFAULT 0);
  CREATE TABLE losing (times integer NOT NULL, code text NOT NULL, commits boolean NOT NULL);
  CREATE SEQUENCE lot MINVALUE 0;
  CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE rule losing;
  BEGIN
    SELECT * INTO rule FROM losing;
    IF NOT FOUND OR rule.commits <> (TG_ARGV[0] = 'commit') OR nextval('lot') >= rule.times THEN RETURN NEW; END IF;
    IF rule.code = 'gone' THEN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END IF;
    RAISE EXCEPTION 'lost' USING ERRCODE = rule.code;
  END $$;
  CREATE TRIGGER at_once BEFORE INSERT OR UPDATE ON lots FOR EACH ROW EXECUTE FUNCTION lose('statement');
  CREATE CONSTRAINT TRIGGER at_the_end AFTER INSERT OR UPDATE ON lots DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION lose('commit');`;

let place: TestDatabase;
let db: PrismaClient;
let ctx: Ctx;
beforeAll(async () => {
  place = await testDatabase();
  const client = new pg.Client(place.url);
  await client.connect();
  await client.query(losing);
  await client.end();
  db = openDatabase(place.url, 6);
  ctx = testContext({ db });
});
afterAll(async () => {
  await db.$disconnect();
  await place.drop();
});
beforeEach(() => db.$executeRaw`TRUNCATE lots, losing`);

/** From now on the first `times` writes are lost, where they are made or at the commit. */
async function lose(times: number, where: "statement" | "commit", code = "40001"): Promise<void> {
  await db.$executeRaw`TRUNCATE losing, lots`;
  await db.$executeRaw`SELECT setval('lot', 0, false)`;
  await db.$executeRaw`INSERT INTO losing VALUES (${times}::int, ${code}, ${where === "commit"})`;
}

const rows = async () => db.$queryRaw`SELECT id, times FROM lots ORDER BY id`;
const insert = (db: Pick<Ctx["db"], "$executeRaw">, id: string) => db.$executeRaw`INSERT INTO lots (id) VALUES (${id})`;

/** A work that notes how often it was run, with something for after the commit and something for before it. */
function noting() {
  const noted = { runs: 0, acts: [] as number[] };
  const part = () => Prisma.sql`INSERT INTO lots (id, times) VALUES ('last', 1)`;
  const work = async (tx: RawCtx) => {
    noted.runs += 1;
    const run = noted.runs;
    tx.afterCommit(() => noted.acts.push(run));
    await sql(tx).$executeRaw`INSERT INTO lots (id) VALUES ('first')`;
    await lastly(tx, part);
    return run;
  };
  return { noted, work };
}

type Run = <T>(on: Ctx, work: (tx: RawCtx) => Promise<T>) => Promise<T>;
const both: readonly (readonly [string, Run])[] = [
  ["a transaction", inTransaction],
  ["a short transaction", inShortTransaction],
];

describe.each(both)("%s", (_, run) => {
  const inside = async () => {
    const acts: (() => void)[] = [];
    const { noted, work } = noting();
    const outcome = await run({ ...ctx, now: ctx.now, afterCommit: (act) => acts.push(act) }, work).then(
      (result) => ({ result }),
      (fault: unknown) => ({ fault }),
    );
    for (const act of acts) act();
    return { noted, outcome };
  };

  test.each(["statement", "commit"] as const)(
    "lost three times at a %s: run again whole, and all of it is there once",
    async (where) => {
      await lose(3, where);
      const { noted, outcome } = await inside();
      expect(outcome).toEqual({ result: 4 });
      expect(noted).toEqual({ runs: 4, acts: [4] });
      expect(await rows()).toEqual([
        { id: "first", times: 0 },
        { id: "last", times: 1 },
      ]);
    },
  );

  test.each(["statement", "commit"] as const)(
    "lost for ever at a %s: twelve runs, nothing is there, the database does not answer",
    async (where) => {
      await lose(1_000, where);
      standStill();
      const { noted, outcome } = await inside();
      expect(noted).toEqual({ runs: 12, acts: [] });
      expect("fault" in outcome && isDatabaseFault(outcome.fault)).toBe(true);
      expect(await rows()).toEqual([]);
    },
  );

  test.each([
    ["whose end nobody knows", "40003"],
    ["whose line is lost", "gone"],
  ])("a commit %s is not tried again", async (_, code) => {
    await lose(1, "commit", code);
    const { noted, outcome } = await inside();
    await db.$queryRaw`SELECT 1`.catch(() => undefined); // Prisma's pool hears of the lost connection only when it is used again
    expect(noted).toEqual({ runs: 1, acts: [] });
    expect("fault" in outcome && isDatabaseFault(outcome.fault)).toBe(true);
  });

  test("what is joined to an open one is tried again with it, never by itself", async () => {
    await lose(2, "statement");
    const runs = { outer: 0, inner: 0 };
    await run(ctx, async (tx) => {
      runs.outer += 1;
      await inShortTransaction(tx, async (same) => {
        runs.inner += 1;
        await sql(same).$executeRaw`INSERT INTO lots (id) VALUES ('joined')`;
      });
    });
    expect(runs).toEqual({ outer: 3, inner: 3 });
  });
});

describe("outside a transaction", () => {
  test("a statement in SQL is tried again, and done once", async () => {
    await lose(3, "statement");
    expect(await sql(ctx).$executeRaw`INSERT INTO lots (id) VALUES ('raw')`).toBe(1);
    await lose(3, "statement");
    expect(await sql(ctx).$queryRaw`INSERT INTO lots (id) VALUES ('raw') RETURNING id`).toEqual([{ id: "raw" }]);
  });

  test("so is a call of Prisma's, also one that makes a transaction of its own", async () => {
    await lose(3, "commit");
    expect(await insert(db, "prisma")).toBe(1);
    await db.$executeRaw`CREATE TRIGGER at_once BEFORE INSERT OR UPDATE ON buckets FOR EACH ROW EXECUTE FUNCTION lose('statement')`;
    await lose(3, "statement");
    const data = { key: "lost", fails: 0, orphans: 0, windowStart: ctx.now, updatedAt: ctx.now };
    await db.bucket.create({ data });
    await lose(3, "statement");
    expect(await db.bucket.updateMany({ where: { key: "lost" }, data: { fails: 7 } })).toEqual({ count: 1 });
    expect(await db.bucket.findMany({ select: { fails: true } })).toEqual([{ fails: 7 }]);
  });

  test("a statement that is lost for ever says that the database does not answer", async () => {
    await lose(1_000, "statement");
    expect(isDatabaseFault(await faultOf(sql(ctx).$executeRaw`INSERT INTO lots (id) VALUES ('raw')`))).toBe(true);
    expect(isDatabaseFault(await faultOf(insert(db, "prisma")))).toBe(true);
  });
});

describe("a serializable database", () => {
  let strict: PrismaClient;
  let own: Ctx;
  beforeAll(() => {
    const options = encodeURIComponent("-c default_transaction_isolation=serializable -c deadlock_timeout=20ms");
    strict = openDatabase(`${place.url}&options=${options}`, 12);
    own = testContext({ db: strict });
  });
  afterAll(() => strict.$disconnect());
  beforeEach(async () => {
    await lose(0, "statement");
    await db.$executeRaw`INSERT INTO lots (id) VALUES ('a'), ('b')`;
  });

  /** Two that read everything and write one each, until both have read: in no order can both be right. */
  const skew = (run: Run, isMet: () => Promise<void>) =>
    Promise.all(
      ["a", "b"].map((id) =>
        run(own, async (tx) => {
          await sql(tx).$queryRaw`SELECT sum(times) FROM lots`;
          await isMet();
          await sql(tx).$executeRaw`UPDATE lots SET times = 1 + (SELECT sum(times) FROM lots) WHERE id = ${id}`;
        }),
      ),
    );

  test.each(both)("two who read what the other writes come one after the other: each in %s", async (_, run) => {
    const waiting: (() => void)[] = [];
    const isMet = () =>
      new Promise<void>((go) => {
        waiting.push(go);
        if (waiting.length >= 2) for (const each of waiting) each(); // whoever runs again finds the door open
      });
    await skew(run, isMet);
    expect(await rows()).toEqual(
      expect.arrayContaining([expect.objectContaining({ times: 1 }), expect.objectContaining({ times: 2 })]),
    );
  });

  test("fifty at once on one row: each statement counts once, in SQL and by Prisma", async () => {
    const data = { key: "one", fails: 0, orphans: 0, windowStart: ctx.now, updatedAt: ctx.now };
    await db.bucket.create({ data });
    const bySql = () => sql(own).$executeRaw`UPDATE buckets SET fails = fails + 1 WHERE key = 'one'`;
    const byPrisma = () => strict.bucket.updateMany({ where: { key: "one" }, data: { fails: { increment: 1 } } });
    await Promise.all(Array.from({ length: 50 }, (_, nth) => (nth % 2 === 0 ? bySql() : byPrisma())));
    expect(await db.bucket.findUnique({ where: { key: "one" } })).toMatchObject({ fails: 50 });
  });

  test("two that wait for each other's row: one goes first", async () => {
    const done = await Promise.all(
      [
        ["a", "b"],
        ["b", "a"],
      ].map((order) =>
        inShortTransaction(own, async (tx) => {
          for (const id of order) {
            await sql(tx).$executeRaw`UPDATE lots SET times = times + 1 WHERE id = ${id}`;
            await new Promise((go) => setImmediate(go));
          }
          return order.join("");
        }),
      ),
    );
    expect(done).toEqual(["ab", "ba"]);
    expect(await rows()).toEqual([
      { id: "a", times: 2 },
      { id: "b", times: 2 },
    ]);
  });
});
