import { access, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { diffAgainst, type MigrationsFolder } from "@/prisma/schema-engine";

/**
 * Drafts the SQL that leads from the migrations to `schema.prisma`, for a person to read and edit.
 *
 *   npm run db:draft                    prints it
 *   npm run db:draft -- --name add_x    writes prisma/migrations/<time>_add_x/migration.sql
 *   npm run db:check                    ends with 1 when the migrations do not give the schema
 *
 * Throws an Error for whoever drafts where a flag, the schema or a migration cannot be read.
 */
export async function draftMigration(root: string, args: readonly string[]): Promise<number> {
  const values = readFlags(args);
  const folder = join(root, "prisma", "migrations");
  const sql = await diffAgainst(root, await readFolder(folder));
  if (sql === null) {
    console.log("The migrations give the schema: nothing to do.");
    return 0;
  }
  if (values.name === undefined) {
    console.log(sql);
    if (!values.check) return 0;
    console.error(
      'The migrations do not give the schema. Draft the missing one: npm run db:draft -- --name "what_changes".',
    );
    return 1;
  }
  console.log(`Written: ${await writeDraft(folder, values.name, sql)}. Read it and edit it before you commit it.`);
  return 0;
}

function readFlags(args: readonly string[]) {
  try {
    const options = { name: { type: "string" }, check: { type: "boolean", default: false } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (fault) {
    throw new Error(
      `${fault instanceof Error ? fault.message : fault}\nUse: npm run db:draft -- --name "what_changes"`,
    );
  }
}

async function readFolder(folder: string): Promise<MigrationsFolder> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrations = names.sort().map(async (name) => ({
    name,
    sql: await readFile(join(folder, name, "migration.sql"), "utf8"),
  }));
  return { folder, migrations: await Promise.all(migrations) };
}

/** No start takes this line as it stands: whether older portals can live on the schema is for a person to say (docs/migrations.md). */
const toBeDecided = '-- floor: WHICH VERSION? (or "-- no floor: WHY")\n';

async function writeDraft(folder: string, name: string, sql: string): Promise<string> {
  if (!/^[a-z0-9_]{1,60}$/.test(name)) throw new Error("--name takes lower-case letters, digits and underscores.");
  const isFirst = (await readdir(folder)).length === 0;
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const path = join(folder, isFirst ? `0001_${name}` : `${time}_${name}`, "migration.sql");
  await mkdir(join(path, ".."));
  await writeFile(path, `${isFirst ? "" : toBeDecided}${sql}`);
  const lock = join(folder, "migration_lock.toml");
  await access(lock).catch(() => writeFile(lock, 'provider = "postgresql"\n'));
  return path;
}
