import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import pg from "pg";
import { startThrowAwayServer } from "@/lib/testing/throw-away-server";

export type MigrationsFolder = {
  readonly folder: string;
  readonly migrations: readonly { readonly name: string; readonly sql: string }[];
};

/**
 * The SQL that leads from `migrations` to `prisma/schema.prisma` under `root`, null when there is none. The migrations
 * are replayed in a throw-away server: the engine empties its shadow database, so it must never be given a real one.
 * Throws an Error for whoever drafts where the schema cannot be read or a migration does not apply.
 */
export async function diffAgainst(root: string, { folder, migrations }: MigrationsFolder): Promise<string | null> {
  const server = await startThrowAwayServer(root);
  try {
    const { SchemaEngine } = await loadEngine(root);
    const path = join(root, "prisma", "schema.prisma");
    const schema = { path, content: await readFile(path, "utf8") };
    const adapter = bindMigrationAwareSqlAdapterFactory(emptyDatabases(server.folder));
    const engine = await SchemaEngine.new({ datamodels: [[schema.path, schema.content]] }, () => undefined, adapter);
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "migrations", ...migrationList(folder, migrations) },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 0 ? null : stdout;
  } catch (fault) {
    throw inWords(fault);
  } finally {
    await server.stop();
  }
}

/** The engine's own faults have a code of its kind and a message for people: the place in the schema, the migration that does not apply. */
function inWords(fault: unknown): unknown {
  const isOfEngine = fault instanceof Error && "code" in fault && /^P\d{4}$/.test(String(fault.code));
  return isOfEngine ? new Error(fault.message.split("\n   0: ", 1)[0]) : fault; // its own trace follows
}

/** The server's two empty databases. The adapter's own way of making a shadow waits five seconds to drop it again. */
function emptyDatabases(host: string): SqlMigrationAwareDriverAdapterFactory {
  const open = (database: string) => openWithChar(new pg.Pool({ host, user: "postgres", database }));
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => open("postgres"),
    connectToShadowDb: () => open("template1"),
  };
}

/**
 * The engine reads catalogue columns of the type "char" and wants them back as characters, but the adapter made for it
 * refuses that type. So they go through the adapter as text and are renamed behind it; questions come one at a time.
 */
async function openWithChar(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const { CHAR, TEXT } = pg.types.builtins;
  let isChar: boolean[] = [];
  const askServer = pool.query.bind(pool);
  const query = async (question: pg.QueryArrayConfig) => {
    const answer = await askServer(question);
    isChar = answer.fields.map((field) => field.dataTypeID === CHAR);
    const fields = answer.fields.map((field, at) => (isChar[at] ? { ...field, dataTypeID: TEXT } : field));
    return { ...answer, fields };
  };
  const options = { disposeExternalPool: true, onPoolError: () => undefined };
  const adapter = await new PrismaPg(Object.assign(pool, { query }), options).connect();
  const askAdapter = adapter.queryRaw.bind(adapter);
  const queryRaw = async (question: SqlQuery): Promise<SqlResultSet> => {
    const answer = await askAdapter(question);
    const columnTypes = answer.columnTypes.map((type, at) => (isChar[at] ? ColumnTypeEnum.Character : type));
    return { ...answer, columnTypes };
  };
  return Object.assign(adapter, { queryRaw });
}

function migrationList(folder: string, migrations: MigrationsFolder["migrations"]) {
  return {
    baseDir: folder,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
}

/** The package expects a bundler to load its WebAssembly; Node 20 needs it done by hand. */
async function loadEngine(root: string) {
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const file = createRequire(join(root, "package.json")).resolve("@prisma/schema-engine-wasm");
  const bytes = await readFile(file.replace(/schema_engine\.js$/, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  const { __wbindgen_start: start } = instance.exports;
  if (typeof start !== "function") throw new Error("This version of the schema engine starts in another way.");
  const tell = { set_message: (message: string) => console.error(`The schema engine gave up: ${message}`) };
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: tell }); // where the engine looks for somebody to tell
  glue.__wbg_set_wasm(instance.exports);
  start();
  return glue;
}
