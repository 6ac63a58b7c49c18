import type { Pool, PoolClient } from "pg";
import { Prisma } from "@/lib/db/generated/client";

/**
 * The two ways to speak SQL, as tagged templates whose holes become parameters; a hole may also hold a part that `Prisma.sql` made.
 * Prisma's client and its transactions have them too.
 */
export type RawDb = {
  $queryRaw<T>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<T>;
  $executeRaw(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<number>;
};

type Queryable = Pick<Pool | PoolClient, "query">;

const texts = new WeakMap<TemplateStringsArray, { readonly text: string; readonly name: string }>();
const names = new Map<string, string>();
const mostNames = 500;

/**
 * A name for a statement's text: PostgreSQL then parses and plans it once per connection, half of a short statement's cost. Bounded,
 * because lists of many lengths make many texts; past the bound the name is empty and the statement is parsed each time.
 */
export function statementName(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined || names.size >= mostNames) return known ?? "";
  const name = `s${names.size}`;
  names.set(sql, name);
  return name;
}

/**
 * The statements of the hottest paths without Prisma's layers between: inside Next every promise is expensive, and Prisma makes
 * dozens for a statement (three times the CPU, measured). Same pool, same SQL, same parameters.
 */
export function rawOn(connection: Queryable): RawDb {
  const run = (strings: TemplateStringsArray, values: readonly unknown[]) =>
    connection.query(prepared(strings, values));
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

function prepared(strings: TemplateStringsArray, values: readonly unknown[]) {
  if (values.some((value) => value instanceof Prisma.Sql)) {
    const whole = new Prisma.Sql(strings, values);
    return { text: whole.text, name: statementName(whole.text), values: whole.values.map(plain) };
  }
  return { ...textOf(strings), values: values.map(plain) };
}

function textOf(strings: TemplateStringsArray) {
  const known = texts.get(strings);
  if (known) return known;
  const text = strings.reduce((sql, piece, place) => (place === 0 ? piece : `${sql}$${place}${piece}`), "");
  const made = { text, name: statementName(text) };
  texts.set(strings, made);
  return made;
}

/**
 * Runs several writes as one statement, in their order: rows are taken in the order in which single statements would take them, so that two
 * who need the same rows wait and do not lock each other out. No two parts may write the same row, and none sees what the others wrote.
 */
export async function runTogether(db: RawDb, parts: readonly Prisma.Sql[]): Promise<void> {
  const names = parts.map((_, place) => Prisma.raw(`part${place}`));
  const writes = parts.map((part, place) => Prisma.sql`${names[place]} AS (${part} RETURNING 1)`);
  // a part that nobody asks for runs when the statement ends, the last one first; asked for its rows, it runs in its place
  const asked = names.map((name) => Prisma.sql`(SELECT count(*) FROM ${name})`);
  await db.$queryRaw`WITH ${Prisma.join(writes)} SELECT ${Prisma.join(asked)}`;
}

/** One short transaction on a connection of its own. A throw rolls back; a connection that cannot even do that is thrown away. */
export async function rawTransaction<T>(pool: Pool, work: (db: RawDb) => Promise<T>): Promise<T> {
  const connection = await pool.connect();
  try {
    await connection.query("BEGIN");
    const result = await work(rawOn(connection));
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
