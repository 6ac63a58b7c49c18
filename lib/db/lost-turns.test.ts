import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inShortTransaction, lastly, type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";
import { isDatabaseFault } from "@/lib/db/database-fault";
import { both, faultOf, openLosing, standStill } from "@/lib/db/losing.kit";

let place: Awaited<ReturnType<typeof openLosing>>;
beforeAll(async () => {
  place = await openLosing();
});
afterAll(() => place.close());
beforeEach(() => place.empty());

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

describe.each(both)("%s", (_, run) => {
  const inside = async () => {
    const acts: (() => void)[] = [];
    const { noted, work } = noting();
    const outcome = await run({ ...place.ctx, now: place.ctx.now, afterCommit: (act) => acts.push(act) }, work).then(
      (result) => ({ result }),
      (fault: unknown) => ({ fault }),
    );
    for (const act of acts) act();
    return { noted, outcome };
  };

  test.each(["statement", "commit"] as const)(
    "lost three times at a %s: run again whole, and all of it is there once",
    async (where) => {
      await place.lose(3, where);
      const { noted, outcome } = await inside();
      expect(outcome).toEqual({ result: 4 });
      expect(noted).toEqual({ runs: 4, acts: [4] });
      expect(await place.rows()).toEqual([
        { id: "first", times: 0 },
        { id: "last", times: 1 },
      ]);
    },
  );

  test.each(["statement", "commit"] as const)(
    "lost for ever at a %s: twelve runs, nothing is there, the database does not answer",
    async (where) => {
      await place.lose(1_000, where);
      standStill();
      const { noted, outcome } = await inside();
      expect(noted).toEqual({ runs: 12, acts: [] });
      expect("fault" in outcome && isDatabaseFault(outcome.fault)).toBe(true);
      expect(await place.rows()).toEqual([]);
    },
  );

  test.each([
    ["whose end nobody knows", "40003"],
    ["whose line is lost", "gone"],
  ])("a commit %s is not tried again", async (_, code) => {
    await place.lose(1, "commit", code);
    const { noted, outcome } = await inside();
    await place.db.$queryRaw`SELECT 1`.catch(() => undefined); // Prisma's pool hears of the lost connection only when it is used again
    expect(noted).toEqual({ runs: 1, acts: [] });
    expect("fault" in outcome && isDatabaseFault(outcome.fault)).toBe(true);
  });

  test("what is joined to an open one is tried again with it, never by itself", async () => {
    await place.lose(2, "statement");
    const runs = { outer: 0, inner: 0 };
    await run(place.ctx, async (tx) => {
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
    await place.lose(3, "statement");
    expect(await sql(place.ctx).$executeRaw`INSERT INTO lots (id) VALUES ('raw')`).toBe(1);
    await place.lose(3, "statement");
    expect(await sql(place.ctx).$queryRaw`INSERT INTO lots (id) VALUES ('raw') RETURNING id`).toEqual([{ id: "raw" }]);
  });

  test("so is a call of Prisma's, also one that makes a transaction of its own", async () => {
    await place.lose(3, "commit");
    expect(await place.insert("prisma")).toBe(1);
    await place.db
      .$executeRaw`CREATE TRIGGER at_once BEFORE INSERT OR UPDATE ON buckets FOR EACH ROW EXECUTE FUNCTION lose('statement')`;
    await place.lose(3, "statement");
    const data = { key: "lost", fails: 0, orphans: 0, windowStart: place.ctx.now, updatedAt: place.ctx.now };
    await place.db.bucket.create({ data });
    await place.lose(3, "statement");
    expect(await place.db.bucket.updateMany({ where: { key: "lost" }, data: { fails: 7 } })).toEqual({ count: 1 });
    expect(await place.db.bucket.findMany({ select: { fails: true } })).toEqual([{ fails: 7 }]);
  });

  test("a statement that is lost for ever says that the database does not answer", async () => {
    await place.lose(1_000, "statement");
    expect(isDatabaseFault(await faultOf(sql(place.ctx).$executeRaw`INSERT INTO lots (id) VALUES ('raw')`))).toBe(true);
    expect(isDatabaseFault(await faultOf(place.insert("prisma")))).toBe(true);
  });
});
