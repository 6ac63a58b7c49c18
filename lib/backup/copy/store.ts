import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type { About } from "@/lib/backup/manifest";
import type { ForeignKey } from "@/lib/backup/order-of-keys";
import { ourTables } from "@/lib/backup/tables";

/** A connection of its own, which is inside a transaction. */
type Client = Pick<pg.Client, "query">;

/** A table with its columns in their order; `bytes`: what it takes on the disk, to tell how far the work is. */
export type FoundTable = { readonly name: string; readonly columns: readonly string[]; readonly bytes: number };

/** The tables of `names` that are there. */
export async function listTables(client: Client, names: readonly string[]): Promise<FoundTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; bytes: string }>(
    `SELECT c.relname AS name, pg_table_size(c.oid)::text AS bytes,
       array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname = ANY($1) GROUP BY c.oid, c.relname`,
    [names],
  );
  return rows.map(({ bytes, ...table }) => ({ ...table, bytes: Number(bytes) }));
}

export async function listForeignKeys(client: Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT f.relname AS "from", t.relname AS "to" FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
     WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace`,
  );
  return rows;
}

/** How far the numbers of these tables have come: no number is given twice, also after the rows that had it are gone. */
export async function listSequences(client: Client, tables: readonly FoundTable[]): Promise<About["sequences"]> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(
    `SELECT c.relname AS table, a.attname::text AS column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS sequence
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1) AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL
     ORDER BY 1, 2`,
    [tables.map(({ name }) => name)],
  );
  const found: About["sequences"] = [];
  for (const { table, column, sequence } of rows) {
    const at = await client.query<{ value: string; isCalled: boolean }>(
      `SELECT last_value::text AS value, is_called AS "isCalled" FROM ${sequence}`, // quoted by the database itself
    );
    for (const { value, isCalled } of at.rows) found.push({ table, column, value, isCalled });
  }
  return found;
}

export async function setSequence(
  client: Client,
  { table, column, value, isCalled }: About["sequences"][number],
): Promise<void> {
  await client.query("SELECT setval(pg_get_serial_sequence($1, $2), $3::bigint, $4)", [table, column, value, isCalled]);
}

/** What has been applied, with the checksums of the files. */
export async function listApplied(client: Client): Promise<About["migrations"]> {
  const { rows } = await client.query<About["migrations"][number]>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL
     ORDER BY migration_name`,
  );
  return rows;
}

/** The names of the keys under which something is sealed here. */
export async function listKeyIds(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>("SELECT key_id AS id FROM key_checks ORDER BY 1");
  return rows.map(({ id }) => id);
}

type Columns = { readonly name: string; readonly columns: readonly string[] };

/** The names come from the schema, or from a list of contents that allows small letters only. */
const places = ({ name, columns }: Columns): string =>
  `"${name}" (${columns.map((column) => `"${column}"`).join(", ")})`;

/** The rows of a table as bytes: one line for each, whatever is in it, since COPY writes a line's end as `\n`. */
export const copyOut = (client: Client, table: Columns) => client.query(copyTo(`COPY ${places(table)} TO STDOUT`));

/** Takes such bytes in. This is how a restore writes the rows of every room; no rule of theirs runs, for all of it was theirs before. */
export const copyIn = (client: Client, table: Columns) => client.query(copyFrom(`COPY ${places(table)} FROM STDIN`));

/** The tables of the schema `public`, by what they are to us. */
export async function listPublicTables(
  client: Client,
): Promise<{ readonly ours: string[]; readonly foreign: string[] }> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`,
  );
  const names = rows.map(({ name }) => name);
  return {
    ours: names.filter((name) => ourTables.includes(name)),
    foreign: names.filter((name) => !ourTables.includes(name)),
  };
}

/** Whether anybody or anything would be lost: accounts and apps, each counted as far as the table is there. */
export async function isInhabited(client: Client, names: readonly string[]): Promise<boolean> {
  for (const name of names.filter((one) => one === "users" || one === "apps")) {
    const { rows } = await client.query(`SELECT FROM "${name}" LIMIT 1`);
    if (rows.length > 0) return true;
  }
  return false;
}

/** An unused house goes, with everything in it; it comes back with the transaction, if that does not commit. */
export async function dropTables(client: Client, names: readonly string[]): Promise<void> {
  if (names.length > 0) await client.query(`DROP TABLE ${names.map((name) => `"${name}"`).join(", ")} CASCADE`);
}
