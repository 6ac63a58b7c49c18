import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Ctx, inShortTransaction, sql } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { both, openLosing, type Run } from "@/lib/db/losing.kit";
import { testContext } from "@/lib/testing/test-context";

describe("a serializable database", () => {
  let place: Awaited<ReturnType<typeof openLosing>>;
  let strict: PrismaClient;
  let own: Ctx;
  beforeAll(async () => {
    place = await openLosing();
    const options = encodeURIComponent("-c default_transaction_isolation=serializable -c deadlock_timeout=20ms");
    strict = openDatabase(`${place.url}&options=${options}`, 12);
    own = testContext({ db: strict });
  });
  afterAll(async () => {
    await strict.$disconnect();
    await place.close();
  });
  beforeEach(async () => {
    await place.lose(0, "statement");
    await place.db.$executeRaw`INSERT INTO lots (id) VALUES ('a'), ('b')`;
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
    expect(await place.rows()).toEqual(
      expect.arrayContaining([expect.objectContaining({ times: 1 }), expect.objectContaining({ times: 2 })]),
    );
  });

  test("fifty at once on one row: each statement counts once, in SQL and by Prisma", async () => {
    const data = { key: "one", fails: 0, orphans: 0, windowStart: place.ctx.now, updatedAt: place.ctx.now };
    await place.db.bucket.create({ data });
    const bySql = () => sql(own).$executeRaw`UPDATE buckets SET fails = fails + 1 WHERE key = 'one'`;
    const byPrisma = () => strict.bucket.updateMany({ where: { key: "one" }, data: { fails: { increment: 1 } } });
    await Promise.all(Array.from({ length: 50 }, (_, nth) => (nth % 2 === 0 ? bySql() : byPrisma())));
    expect(await place.db.bucket.findUnique({ where: { key: "one" } })).toMatchObject({ fails: 50 });
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
    expect(await place.rows()).toEqual([
      { id: "a", times: 2 },
      { id: "b", times: 2 },
    ]);
  });
});
