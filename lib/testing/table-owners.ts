import type { Rule } from "@/lib/testing/floor-plan";
import type { Sources } from "@/lib/testing/source-files";

/** Which room writes a table, and with it the tables' names: whoever reads one store has read every write of its rows. */
export const tableOwners: Readonly<Record<string, string>> = {
  key_checks: "crypto",
  security_events: "audit",
  event_seals: "audit",
  buckets: "throttle",
  one_time_links: "links",
  channel_proofs: "delivery",
  letters: "letters",
  notice_addresses: "notices",
  users: "users",
  first_run: "users",
  apps: "apps",
  sessions: "sessions",
  devices: "sessions",
  unlocks: "unlocks",
  factors: "factors",
  recovery_codes: "factors",
  one_time_codes: "factors",
  spent_answers: "login",
  challenges: "challenge",
  contact_proofs: "account",
  email_changes: "account",
  finished_steps: "rotation",
  password_keys: "api",
  turns: "turns",
  portals: "portals",
  index_keys: "crypto",
  migration_floors: "db",
  pending_changes: "waiting",
  restores: "backup",
  backups: "backup",
};

/** Key rotation puts a sealed value in the place of the same one, in every table that its registry of columns names. */
const rewriter = "lib/rotation/store.ts";

/** A restore copies the rows of every table into a database that has none. */
const restorer = "lib/backup/copy/store.ts";

/** Prisma's own book of migrations is no table of the schema; beside it stands which older portals can live with one. */
const bookKeeper = "lib/db/migrate.ts";
const books: readonly (string | null)[] = ["_prisma_migrations", "migration_floors"];

/** A statement that writes: where, and which table. Null: the text leaves open which. */
export type Write = { readonly path: string; readonly table: string | null };

/**
 * One room writes a table, and only in its stores; other rooms may read it, in joins too. A statement that writes rows of two rooms at once
 * is composed of parts (`Prisma.Sql`) that their owners export.
 */
export const oneRoomWritesATable: Rule = (files) =>
  writesOf(files).flatMap(({ path, table }) => {
    if (path.startsWith("lib/testing/") || path === rewriter || path === restorer) return [];
    if (path === bookKeeper && books.includes(table)) return [];
    if (table === null) return [`${path} leaves open which table it writes`];
    const owner = tableOwners[table];
    if (owner === undefined) return [`${path} writes ${table}, which has no owner`];
    if (!path.startsWith(`lib/${owner}/`)) return [`${path} writes ${table}, which belongs to ${owner}`];
    return path.endsWith("/store.ts") ? [] : [`${path} writes ${table} outside a store`];
  });

/** Every write of these files, in SQL and by Prisma's client. Textual: a part of a statement is found where it stands, wherever it is run. */
export function writesOf(files: Sources): readonly Write[] {
  return [...files].flatMap(([path, text]) => {
    const tables = [...statements(text), ...calls(text)];
    return [...new Set(tables)].map((table) => ({ path, table }));
  });
}

/** `FOR UPDATE` locks and `DO UPDATE` goes on with an `INSERT`: neither begins a statement. */
const verb =
  /\b(?:INSERT\s+INTO|MERGE\s+INTO|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|(?<!\b(?:FOR|KEY|DO)\s+)UPDATE)\s+(?:ONLY\s+)?(?:public\s*\.\s*)?(\$\{|"?[a-z_]+"?)/g;

/** What comes in by `COPY` is written too; what `TO` takes out is not. */
const copiedIn = /\bCOPY\s+(?:public\s*\.\s*)?(\$\{|"?[a-z_]+"?)[^`;]*?\bFROM\s+STDIN\b/g;

const statements = (text: string): (string | null)[] =>
  [...text.matchAll(verb), ...text.matchAll(copiedIn)].map(([, name = ""]) =>
    name === "${" ? null : name.replaceAll('"', ""),
  );

/** `ctx.db.recoveryCode.deleteMany(…)`, under whatever name the client or the model stands there, and `ctx.db[model]` with whatever it does. */
function calls(text: string): (string | null)[] {
  const call = /\b(?:(db)\s*\.\s*)?(\w+)\s*\.\s*(?:create|update|upsert|delete)(?:Many)?(?:AndReturn)?\s*\(/g;
  const named = [...text.matchAll(call)].flatMap(([, client, model = ""]) => {
    const table = tableOf(model);
    return client === undefined && !Object.hasOwn(tableOwners, table) ? [] : [table];
  });
  return [...named, ...Array.from(text.matchAll(/\bdb\s*\[/g), () => null)];
}

/** Prisma's models are called as one row is, in camel case; most tables as all of them are. */
export function tableOf(model: string): string {
  const row = model.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (Object.hasOwn(tableOwners, row)) return row;
  return row.endsWith("s") ? `${row}es` : `${row}s`;
}
