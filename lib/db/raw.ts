import type { Pool, PoolClient } from "pg";
import { Prisma } from "@/lib/db/generated/client";
import { retried } from "@/lib/db/retry";
import { statementName } from "@/lib/db/statement-name";

/**
 * The two ways to speak SQL, as tagged templates whose holes become parameters; a hole may also hold a part that `Prisma.sql` made.
 * Prisma's client and its transactions have them too.
 */
export type RawDb = {
  $queryRaw<T>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<T>;
  $executeRaw(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<number>;
};

type Queryable = Pick<Pool | PoolClient, "query">;

const texts = new WeakMap<TemplateStringsArray, string>();

/** A pool, and whether its statements may have names: behind some poolers they may not. */
export type RawPool = { readonly pool: Pool; readonly named: boolean };

/**
 * The statements of the hottest paths without Prisma's layers between: inside Next every promise is expensive, and Prisma makes
 * dozens for a statement (three times the CPU, measured). Same pool, same SQL, same parameters.
 */
export function rawOn(connection: Queryable, named = true): RawDb {
  const run = (strings: TemplateStringsArray, values: readonly unknown[]) => {
    const { text, values: written } = statementOf(strings, values);
    return connection.query({ text, name: named ? statementName(text) : "", values: written });
  };
  return {
    $queryRaw: async <T>(strings: TemplateStringsArray, ...values: readonly unknown[]) => {
      const { rows }: { rows: unknown } = await run(strings, values);
      return rows as T; // the one place where a statement's columns are taken at their word, as Prisma's own $queryRaw does
    },
    $executeRaw: async (strings, ...values) => (await run(strings, values)).rowCount ?? 0,
  };
}

/** The driver writes a Date in local time, field by field; the engine's own way takes a tenth of that, and says the same. */
const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

function statementOf(strings: TemplateStringsArray, values: readonly unknown[]) {
  if (values.some((value) => value instanceof Prisma.Sql)) {
    const whole = new Prisma.Sql(strings, values);
    return { text: whole.text, values: whole.values.map(plain) };
  }
  return { text: textOf(strings), values: values.map(plain) };
}

function textOf(strings: TemplateStringsArray): string {
  const known = texts.get(strings);
  if (known !== undefined) return known;
  const text = strings.reduce((sql, piece, place) => (place === 0 ? piece : `${sql}$${place}${piece}`), "");
  texts.set(strings, text);
  return text;
}

/** Single statements, each tried again where it lost against another transaction. Not for an open transaction: that is tried again as a whole. */
export const retriedRaw = ({ $queryRaw, $executeRaw }: RawDb): RawDb => ({
  $queryRaw: (strings, ...values) => retried(() => $queryRaw(strings, ...values)),
  $executeRaw: (strings, ...values) => retried(() => $executeRaw(strings, ...values)),
});

/**
 * Writes of which something must be known afterwards. `terms`: any number of them, each as `name AS (…)`, under names that no other part of the statement has; `returns`: one
 * expression over those names, whose value `told` is handed. A term runs when `returns`, or a term before it, asks for its rows; one that nobody asks for runs last of all.
 */
export type Returning = {
  readonly terms: Prisma.Sql;
  readonly returns: Prisma.Sql;
  readonly told: (value: never) => void; // each its own type: a column is taken at its word, as above
};

/**
 * Runs several writes as one statement, in their order: rows are taken in the order in which single statements would take them, so that two
 * who need the same rows wait and do not lock each other out. No two parts may write the same row, and none sees what the others wrote.
 */
export async function runTogether(db: RawDb, parts: readonly (Prisma.Sql | Returning)[]): Promise<void> {
  const made = parts.map((part, place) => (part instanceof Prisma.Sql ? plainPart(part, place) : part));
  // a part that nobody asks for runs when the statement ends, the last one first; asked for its rows, it runs in its place
  const asked = made.map(({ returns }, place) => Prisma.sql`${returns} AS ${Prisma.raw(`value${place}`)}`);
  const terms = made.map((part) => part.terms);
  const rows = await db.$queryRaw<
    Readonly<Record<string, never>>[]
  >`WITH ${Prisma.join(terms)} SELECT ${Prisma.join(asked)}`;
  for (const [place, { told }] of made.entries()) {
    const value = rows[0]?.[`value${place}`];
    if (value !== undefined) told(value);
  }
}

/** A write of which nothing is asked. */
function plainPart(part: Prisma.Sql, place: number): Returning {
  const name = Prisma.raw(`part${place}`);
  return {
    terms: Prisma.sql`${name} AS (${part} RETURNING 1)`,
    returns: Prisma.sql`(SELECT count(*) FROM ${name})`,
    told: () => undefined,
  };
}

/** One short transaction on a connection of its own. A throw rolls back; a connection that cannot even do that is thrown away. */
export async function rawTransaction<T>({ pool, named }: RawPool, work: (db: RawDb) => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  try {
    await connection.query("BEGIN");
    const result = await work(rawOn(connection, named));
    await connection.query("COMMIT");
    connection.release();
    return result;
  } catch (error) {
    const undone = await connection.query("ROLLBACK").then(
      () => true,
      () => false,
    );
    connection.release(!undone);
    throw error;
  }
}
