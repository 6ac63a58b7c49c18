import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { claimLogin } from "@/lib/challenge/claim-login";
import { type Ctx, inShortTransaction, inTransaction, type RawCtx, sql } from "@/lib/context/context";
import { openDatabase } from "@/lib/db/client";
import { isDatabaseFault } from "@/lib/db/database-fault";
import type { PrismaClient } from "@/lib/db/generated/client";
import { migrate } from "@/lib/db/migrate";
import { faultLine } from "@/lib/kernel/fault-line";
import { systemRandom } from "@/lib/kernel/random";
import { type Pooler, type PoolMode, pgbouncer, startPooler } from "@/lib/testing/pooler";
import { answer } from "@/lib/testing/second-door";
import { knock } from "@/lib/testing/story";
import { makePerson, monday, testContext, withTotp } from "@/lib/testing/test-context";
import { type TestDatabase, testDatabase } from "@/lib/testing/test-database";

let place: TestDatabase;
beforeEach(async () => {
  place = await testDatabase();
});
afterEach(() => place.drop());

/** What an operator, or whoever set the server up, may have said of the database. */
const strange = {
  TimeZone: "Asia/Tokyo",
  DateStyle: "SQL, DMY",
  IntervalStyle: "sql_standard",
  extra_float_digits: "0",
  bytea_output: "escape",
  standard_conforming_strings: "off",
} as const;

/** From now on every new connection to the database is one of somebody far away. */
async function estrange(settings: Readonly<Record<string, string>>): Promise<void> {
  await directly((own) =>
    own.query(
      `DO $$ BEGIN ${Object.entries(settings)
        .map(([name, value]) => `EXECUTE format('ALTER DATABASE %I SET ${name} = %L', current_database(), '${value}');`)
        .join("\n")} END $$`,
    ),
  );
}

/** Past every pooler and without a word of the portal's. */
async function directly<T>(work: (own: pg.Client) => Promise<T>): Promise<T> {
  const own = new pg.Client({ connectionString: place.url });
  await own.connect();
  try {
    return await work(own);
  } finally {
    await own.end();
  }
}

type Way = { readonly db: PrismaClient; readonly ctx: Ctx };

async function open<T>(url: string, named: boolean, work: (way: Way) => Promise<T>): Promise<T> {
  const db = openDatabase(url, 30, named);
  try {
    return await work({ db, ctx: testContext({ db }) });
  } finally {
    await db.$disconnect();
  }
}

let visitors = 0;
/** Somebody from an address of their own. */
function stranger({ db }: Way): Ctx {
  visitors += 1;
  return testContext({ db, ip: `10.7.${visitors >> 8}.${visitors & 255}` });
}

/** Through both doors. */
async function logIn(way: Way, person: Awaited<ReturnType<typeof makePerson>>, code: string): Promise<boolean> {
  const ctx = stranger(way);
  const { pass } = await knock(ctx, person);
  await answer(ctx, pass, "totp", code);
  return (await claimLogin(ctx, pass)) !== null;
}

async function oneLogin(way: Way): Promise<void> {
  const person = await makePerson(way.ctx);
  const app = await withTotp(way.ctx, person);
  expect(await logIn(way, person, app.codeAt(way.ctx.now))).toBe(true);
}

/** A moment of the night in which Europe's clocks were set back, as text that no client reads for us. */
const moment = new Date("2030-10-27T00:30:15.123Z");
const epoch = (column: string, table: string) =>
  `SELECT (extract(epoch FROM ${column}) * 1000)::bigint::text AS ms FROM ${table}`;

async function momentsAreRight({ db, ctx }: Way): Promise<void> {
  const key = `moment ${systemRandom.bytes(4).toString("hex")}`;
  const data = { fails: 0, orphans: 0, windowStart: moment, updatedAt: moment, blockedUntil: moment };
  await db.bucket.create({ data: { key, ...data } });
  await sql(ctx).$executeRaw`
    INSERT INTO buckets (key, fails, orphans, window_start, updated_at, blocked_until)
    VALUES (${`${key} raw`}, 0, 0, ${moment}::timestamptz, ${moment}, ${moment})`;
  const read = await sql(ctx).$queryRaw<{ at: Date }[]>`
    SELECT window_start AS at FROM buckets WHERE starts_with(key, ${key}) AND updated_at = ${moment}`;
  const byPrisma = await db.bucket.findMany({ where: { key: { startsWith: key }, blockedUntil: moment } });
  const stored = await directly((own) =>
    own.query<{ ms: string }>(`${epoch("window_start", "buckets")} WHERE key LIKE '${key}%'`),
  );
  const times = [
    ...read.map(({ at }) => at),
    ...byPrisma.flatMap((row) => [row.windowStart, row.updatedAt, row.blockedUntil]),
  ];
  expect(times.map((at) => at?.getTime())).toEqual(Array.from({ length: 8 }, () => moment.getTime()));
  expect(stored.rows.map(({ ms }) => Number(ms))).toEqual([moment.getTime(), moment.getTime()]);
}

test("a database that somebody far away has set up: times are right, and a login is one", async () => {
  await estrange(strange);
  await open(place.url, true, async (way) => {
    await momentsAreRight(way);
    await oneLogin(way);
  });
});

test("a database that sorts and compares as in Turkey: a login is one, in whatever letters the name is typed", async () => {
  const name = new URL(place.url).pathname.slice(1);
  const turkish = place.url.replace(name, `${name}_tr`);
  await directly((own) =>
    own.query(`CREATE DATABASE ${name}_tr TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'`),
  );
  try {
    await migrate(turkish, "prisma/migrations", () => undefined);
    await open(turkish, true, async (way) => {
      const person = await makePerson(way.ctx, { email: "info.irina@example.test" });
      const app = await withTotp(way.ctx, person);
      expect(await logIn(way, { ...person, email: "INFO.IRINA@EXAMPLE.TEST" }, app.codeAt(monday))).toBe(true);
    });
  } finally {
    await directly((own) => own.query(`DROP DATABASE ${name}_tr WITH (FORCE)`));
  }
});

describe.skipIf(pgbouncer === null)("behind PgBouncer", () => {
  let pooler: Pooler | null = null;
  afterEach(() => pooler?.stop());

  const modes: readonly (readonly [PoolMode, boolean])[] = [
    ["session", true],
    ["transaction", false],
  ];

  async function between(mode: PoolMode, named: boolean, work: (way: Way) => Promise<void>): Promise<void> {
    await estrange(strange);
    pooler = await startPooler(place.url, mode, mode === "session" ? 40 : 5);
    await open(pooler.through(place.url), named, work);
  }

  test.each(modes)("in %s mode times are right and a login is one", (mode, named) =>
    between(mode, named, async (way) => {
      await momentsAreRight(way);
      await oneLogin(way);
    }),
  );

  test.each(modes)("in %s mode fifty people log in at once", (mode, named) =>
    between(mode, named, async (way) => {
      const people = await Promise.all(
        Array.from({ length: 50 }, async () => {
          const person = await makePerson(way.ctx);
          return { person, app: await withTotp(way.ctx, person) };
        }),
      );
      const logins = people.map(({ person, app }) => logIn(way, person, app.codeAt(way.ctx.now)));
      expect(await Promise.all(logins)).toEqual(people.map(() => true));
      await momentsAreRight(way); // no connection has another zone than before
      expect(await way.db.session.count()).toBe(50);
    }),
  );

  test.each(modes)("in %s mode fifty give one code at once: one is let in", (mode, named) =>
    between(mode, named, async (way) => {
      const person = await makePerson(way.ctx);
      const app = await withTotp(way.ctx, person);
      const { pass } = await knock(stranger(way), person);
      const code = app.codeAt(way.ctx.now);
      const all = await Promise.allSettled(Array.from({ length: 50 }, () => answer(stranger(way), pass, "totp", code)));
      const faults = all.flatMap((one) =>
        one.status === "rejected" && isDatabaseFault(one.reason) ? [one.reason] : [],
      );
      expect(faults).toEqual([]);
      expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await way.db.factor.count({ where: { userId: person.userId, lastStep: { not: null } } })).toBe(1);
    }),
  );

  /** Sixty statements at once, each with an answer of its own. Out: the faults; throws where one was given the answer of another. */
  async function faultsOfSixty({ ctx }: Way): Promise<readonly unknown[]> {
    const work = Array.from({ length: 60 }, async (_, nth) => {
      const asked = (tx: RawCtx) =>
        sql(tx).$queryRaw<{ nth: number }[]>`SELECT ${nth}::int AS nth, pg_sleep(0.002)::text`;
      const rows = nth % 2 === 0 ? await inShortTransaction(ctx, asked) : await asked(ctx);
      expect(rows).toMatchObject([{ nth }]);
    });
    const all = await Promise.allSettled(work);
    const wrong = all.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(wrong.filter((fault) => !isDatabaseFault(fault))).toEqual([]);
    return wrong;
  }

  test.each([
    ["named, which are answered by faults until session mode is back", true],
    ["unnamed, which are right in either mode", false],
  ])("exchanged for one in transaction mode under a portal whose statements are %s", async (_, named) => {
    const exchange = async (mode: PoolMode) => {
      const { port } = pooler ?? {};
      await pooler?.stop();
      pooler = await startPooler(place.url, mode, mode === "session" ? 40 : 5, port);
      return pooler;
    };
    const first = await exchange("session");
    await open(first.through(place.url), named, async (way) => {
      await oneLogin(way);
      expect(await faultsOfSixty(way)).toEqual([]);
      await first.stop();
      expect(await faultsOfSixty(way)).toHaveLength(60);
      await exchange("transaction");
      const faults = await faultsOfSixty(way);
      if (named) for (const fault of faults) expect(faultLine(fault).cure).toMatch(/DATABASE_STATEMENTS=unnamed/);
      expect(faults.length > 0).toBe(named);
      await exchange("session");
      await momentsAreRight(way);
      await oneLogin(way);
      expect(await faultsOfSixty(way)).toEqual([]);
    });
  });

  test("in transaction mode a name that another connection was told is a fault of the database, not an answer of another statement", () =>
    between("transaction", true, async (way) => {
      const work = Array.from({ length: 60 }, (_, nth) =>
        nth % 2 === 0
          ? inShortTransaction(
              way.ctx,
              async (tx) => sql(tx).$queryRaw`SELECT ${nth}::int AS nth, pg_sleep(0.002)::text`,
            )
          : inTransaction(way.ctx, (tx) => tx.db.$queryRaw`SELECT ${nth}::int AS nth`),
      );
      const all = await Promise.allSettled(work);
      const [right, wrong] = [
        all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])),
        all.flatMap((one) => (one.status === "rejected" ? [one.reason] : [])),
      ];
      expect(wrong.length).toBeGreaterThan(0);
      expect(wrong.filter((fault) => !isDatabaseFault(fault))).toEqual([]);
      for (const fault of wrong) expect(faultLine(fault).cure).toMatch(/DATABASE_STATEMENTS=unnamed/);
      expect(
        new Set(right.flat().map((row) => (typeof row === "object" && row !== null && "nth" in row ? row.nth : null)))
          .size,
      ).toBe(right.length);
    }));
});
