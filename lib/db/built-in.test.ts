import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type BuiltIn, findRunningBuiltIn, startBuiltIn } from "@/lib/db/built-in";
import { adoptServer } from "@/lib/db/built-in-adopt";
import { readyBinaries } from "@/lib/db/built-in-binaries";
import { ensureCluster } from "@/lib/db/built-in-cluster";
import { findPlace } from "@/lib/db/built-in-place";
import type { Place } from "@/lib/db/built-in-place-names";
import { readPostmaster } from "@/lib/db/built-in-postmaster";
import { launchServer, stopServer } from "@/lib/db/built-in-server";

const root = process.cwd();
let folder: string;
let started: BuiltIn[] = [];
let heard: string[] = [];

/** One database for all tests: making it takes seconds. Each test leaves it stopped and whole. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "built-in-"));
  await (await start()).stop();
});

beforeEach(() => {
  started = [];
  heard = [];
});

afterEach(async () => {
  for (const database of started) await database.stop();
});

afterAll(async () => {
  await rm((await placeOf()).base, { recursive: true });
  await rm(folder, { recursive: true });
});

async function start(onExit?: () => void, dataDir = folder): Promise<BuiltIn> {
  const say = (line: string) => void heard.push(line);
  const database = await startBuiltIn({ root, dataDir, say, ...(onExit ? { onExit } : {}) });
  started.push(database);
  return database;
}

async function ask(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

async function placeOf(dataDir = folder): Promise<Place> {
  const place = await findPlace(dataDir, null);
  if (place === null) throw new Error("There is no database yet.");
  return place;
}

async function killServer(): Promise<void> {
  const server = await readPostmaster(await placeOf());
  if (server === null) throw new Error("No server runs.");
  process.kill(server.pid, "SIGKILL");
}

test("what was written before a stop is there after the next start, and the command line finds the database", async () => {
  const first = await start();
  await ask(first.url, "CREATE TABLE answers AS SELECT 42 AS answer");
  await first.stop();
  expect(await findRunningBuiltIn({ dataDir: folder })).toEqual({ kind: "none" });
  const second = await start();
  expect(heard).toEqual([]);
  expect((await ask(second.url, "SELECT answer FROM answers")).rows).toEqual([{ answer: 42 }]);
  expect(await findRunningBuiltIn({ dataDir: folder })).toEqual({ kind: "answers", url: second.url });
});

test("only our own role gets in, only to its own database, and its password is in nobody else's reach", async () => {
  const { url } = await start();
  const { rows } = await ask(url, "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user");
  expect(rows).toEqual([{ rolsuper: false, rolcreaterole: false }]);
  await expect(ask(url.replace(/:[^:@]+@/, ":guess@"), "SELECT 1")).rejects.toThrow(/password authentication failed/);
  await expect(ask(url.replace("//sallyport:", "//postgres:"), "SELECT 1")).rejects.toThrow(/no pg_hba.conf entry/);
  await expect(ask(url.replace("/sallyport?", "/postgres?"), "SELECT 1")).rejects.toThrow(/no pg_hba.conf entry/);
  expect((await stat((await placeOf()).passwordFile)).mode & 0o777).toBe(0o600);
});

test("what was acknowledged survives kill -9 of the server, and the portal hears of its end", async () => {
  let hear = () => {};
  const ended = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const first = await start(hear);
  await ask(first.url, "CREATE TABLE kept (n int); INSERT INTO kept SELECT generate_series(1, 1000)");
  await killServer();
  await ended;
  const second = await start();
  expect((await ask(second.url, "SELECT count(*)::int AS n FROM kept")).rows).toEqual([{ n: 1000 }]);
});

test("a server that a crashed portal left running is taken over, and its end is heard too", async () => {
  const orphan = await start();
  let hear = () => {};
  const ended = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const adopted = await start(hear);
  expect(heard.at(-1)).toBe("Found the database still running; using it.");
  expect(adopted.url).toBe(orphan.url);
  await killServer();
  await ended;
});

test("a note left by a dead server is no hindrance, even when another process has its number now", async () => {
  const { cluster, sockets } = await placeOf();
  await writeFile(join(cluster, "postmaster.pid"), `${process.pid}\n${cluster}\n1\n5432\n${sockets}\n\n\nready\n`);
  await writeFile(join(sockets, ".s.PGSQL.5432.lock"), `${process.pid}\n`);
  const again = await start();
  expect((await ask(again.url, "SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

test("a data folder of another major version is refused in words, and stays as it is", async () => {
  const file = join((await placeOf()).cluster, "PG_VERSION");
  await writeFile(file, "17\n");
  await expect(start()).rejects.toThrow(/was written by PostgreSQL 17, but this version of the portal brings 18/);
  expect(await readFile(file, "utf8")).toBe("17\n");
  await writeFile(file, "18\n");
});

test("a lost password file is replaced", async () => {
  await rm((await placeOf()).passwordFile);
  expect((await ask((await start()).url, "SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

/** Where a database lies whose own folder has this name: for root that has one of ours, so here it is made by hand, for root's account as well. */
async function oddPlace(name: string): Promise<Place> {
  const base = join(await mkdtemp(join(tmpdir(), "odd-")), name);
  const { account } = await placeOf();
  for (const path of [join(base, ".."), base]) {
    await mkdir(path, { recursive: true });
    await chmod(path, 0o711);
  }
  const at = (part: string) => join(base, part);
  const folders = { base, cluster: at("cluster"), sockets: at("sockets"), logs: at("logs") };
  return { ...folders, startLog: at("start.log"), passwordFile: at("password"), account };
}

/** Makes a database in such a place, asks it, takes it over as after a crash, and stops it. Out: its address. */
async function livesIn(place: Place): Promise<string> {
  const say = (line: string) => void heard.push(line);
  const grounds = { place, binaries: await readyBinaries(root, await placeOf()), say };
  await ensureCluster(grounds);
  const { url, pid } = await launchServer(grounds);
  try {
    expect((await ask(url, "SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    expect(await adoptServer(grounds)).toEqual({ url, pid, child: null });
  } finally {
    await stopServer(pid);
    await rm(join(place.base, ".."), { recursive: true });
  }
  return url;
}

test("where a socket's path would be too long, the database listens on loopback", async () => {
  expect(await livesIn(await oddPlace("a".repeat(90)))).toMatch(
    /^postgresql:\/\/sallyport:[\w-]{43}@127\.0\.0\.1:\d+\/sallyport$/,
  );
});

test("a folder may be called as people call theirs, and as nobody does", async () => {
  expect(await livesIn(await oddPlace(`a, "b" 'c' #d é%20 $HOME`))).toContain("?host=");
});

test("a line break in the path is refused in words, and is root's to have: its database lies elsewhere", async () => {
  const odd = join(folder, "two\nlines");
  await mkdir(odd);
  const making = findPlace(odd, { say: () => undefined, sealed: null });
  if (process.getuid?.() !== 0) return expect(making).rejects.toThrow("The path of DATA_DIR holds a line break.");
  const made = await making;
  expect(await placeOf(odd)).toEqual(made);
  await rm((await placeOf(odd)).base, { recursive: true });
});

test.skipIf(process.getuid?.() !== 0)(
  "a copy of the programs of which a power cut left an empty file is made anew",
  async () => {
    const { base } = await placeOf();
    const copy = (await readdir(base)).find((name) => name.startsWith("binaries-"));
    const program = join(base, copy ?? "", "bin", "postgres");
    const { size } = await stat(program);
    await truncate(program);
    await start();
    expect((await stat(program)).size).toBe(size);
  },
);
