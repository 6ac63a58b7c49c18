import pg from "pg";
import { expect, vi } from "vitest";
import { type Ctx, inShortTransaction, inTransaction, type RawCtx } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import { testContext } from "@/lib/testing/test-context";
import { testDatabase } from "@/lib/testing/test-database";

/** A fault of this code. */
export const coded = (code: string, more: object = {}): Error => Object.assign(new Error("words"), { code, ...more });

/** What `doing` throws. */
export async function faultOf(doing: Promise<unknown>): Promise<unknown> {
  return doing.then(
    () => expect.fail("it went well"),
    (fault: unknown) => fault,
  );
}

/** Time that passes on a busy machine ends no try. */
export const standStill = () => vi.spyOn(performance, "now").mockReturnValue(0);

export type Run = <T>(on: Ctx, work: (tx: RawCtx) => Promise<T>) => Promise<T>;

/** Both kinds of transaction. */
export const both: readonly (readonly [string, Run])[] = [
  ["a transaction", inTransaction],
  ["a short transaction", inShortTransaction],
];

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

/**
 * A database with the table `lots`, whose writes can be lost. Out: a client and context on it, its address; `lose`: from now on the first `times` writes are
 * lost, where they are made or at the commit; `rows` and `insert` of that table; `empty`; `close`.
 */
export async function openLosing() {
  const place = await testDatabase();
  const client = new pg.Client(place.url);
  await client.connect();
  await client.query(losing);
  await client.end();
  const db = openDatabase(place.url, 6);
  const lose = async (times: number, where: "statement" | "commit", code = "40001"): Promise<void> => {
    await db.$executeRaw`TRUNCATE losing, lots`;
    await db.$executeRaw`SELECT setval('lot', 0, false)`;
    await db.$executeRaw`INSERT INTO losing VALUES (${times}::int, ${code}, ${where === "commit"})`;
  };
  return {
    db,
    ctx: testContext({ db }),
    url: place.url,
    lose,
    rows: () => db.$queryRaw`SELECT id, times FROM lots ORDER BY id`,
    insert: (id: string) => db.$executeRaw`INSERT INTO lots (id) VALUES (${id})`,
    empty: () => db.$executeRaw`TRUNCATE lots, losing`,
    close: async () => {
      await db.$disconnect();
      await place.drop();
    },
  };
}
