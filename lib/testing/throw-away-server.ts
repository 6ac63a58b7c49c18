import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { readyBinaries } from "@/lib/db/built-in-binaries";
import { spawnOptions } from "@/lib/db/built-in-cluster";
import { isThere, privateFolder } from "@/lib/db/built-in-files";
import { passableFolder, unprivilegedAccount } from "@/lib/db/built-in-place";
import type { Account } from "@/lib/db/built-in-place-names";
import { quickGround } from "@/lib/testing/quick-ground";
import { homeForRoot } from "@/scripts/built-in-needs.mjs";

/** A PostgreSQL for tests, gone with whoever started it. */
export type ThrowAwayServer = {
  /** Where its socket lies. */
  readonly folder: string;
  /** The address of `name` on this server, as its superuser. */
  readonly urlOf: (name: string) => string;
  stop(): Promise<void>;
};

/**
 * `inMemory`: its databases lie there where there is room, for runs that are known to need little; else where passing files lie, for whoever fills it with a million rows, or
 * measures.
 */
export type Wishes = { readonly inMemory?: boolean };

/**
 * Starts an empty server from the binaries in `root`'s node_modules. A tiny shell owns it and removes everything when
 * its standard input closes: that happens by itself even when the process that started it is killed with -9.
 */
export async function startThrowAwayServer(root: string, { inMemory = false }: Wishes = {}): Promise<ThrowAwayServer> {
  const account = process.getuid?.() === 0 ? unprivilegedAccount() : null;
  const base = await mkdtemp(join(tmpdir(), "sallyport-test-"));
  const cluster = await mkdtemp(join(inMemory ? await quickGround() : tmpdir(), "sallyport-test-"));
  for (const folder of [base, cluster]) await privateFolder(folder, account);
  const shell = await startShell(root, { base, cluster, account });
  const urlOf = (name: string) => `postgresql://postgres@localhost:5432/${name}?host=${encodeURIComponent(base)}`;
  await untilReady(urlOf("postgres"), shell, base);
  const stop = async () => {
    const gone = new Promise((resolve) => shell.once("close", resolve));
    if (shell.exitCode !== null || shell.signalCode !== null) return;
    shell.ref();
    shell.stdin?.end();
    await gone;
  };
  return { folder: base, urlOf, stop };
}

type Places = {
  readonly base: string;
  readonly cluster: string;
  readonly account: Account | null;
};

async function startShell(root: string, { base, cluster, account }: Places): Promise<ChildProcess> {
  const programs = await programsFor(root, base, account);
  const shell = spawn("/bin/sh", ["-c", script, "sh", base, programs, cluster], {
    ...spawnOptions({ base, account }),
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  shell.unref();
  return shell;
}

/** Root's copy of the programs is kept between runs: making it takes longer than starting the server. */
async function programsFor(root: string, base: string, account: Account | null): Promise<string> {
  if (account === null) return join((await readyBinaries(root, { base, account })).folder, "bin");
  const kept = join(homeForRoot, "tests");
  await passableFolder(homeForRoot);
  await passableFolder(kept);
  return join((await readyBinaries(root, { base: kept, account })).folder, "bin");
}

/** $1 the folder, $2 the programs, $3 the cluster's. Trust is safe: the socket lies in a folder that only this account can enter. */
const script = `
"$2/initdb" -D "$3" -U postgres --auth=trust --encoding=UTF8 --locale=C --locale-provider=builtin \\
  --builtin-locale=C.UTF-8 --no-sync --no-instructions > "$1/start.log" 2>&1 &&
"$2/postgres" -D "$3" -k "$1" -c listen_addresses= -c fsync=off -c synchronous_commit=off \\
  -c full_page_writes=off -c max_connections=300 -c shared_buffers=128MB -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=128MB \\
  -c autovacuum=off -c io_method=sync -c timezone=UTC > "$1/start.log" 2>&1 < /dev/null &
cat > /dev/null
trap "" TERM
kill -TERM 0
kill -QUIT "$(head -n 1 "$3/postmaster.pid")" 2> /dev/null
wait
cd / && rm -rf "$1" "$3"
`;

async function untilReady(url: string, shell: ChildProcess, base: string): Promise<void> {
  for (const start = performance.now(); performance.now() - start < 60_000; await pause(20)) {
    if (shell.exitCode !== null) break;
    if (!(await isThere(join(base, ".s.PGSQL.5432")))) continue;
    if (await answers(url)) return;
  }
  shell.stdin?.end();
  throw new Error(`The test database did not start in ${base}.`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false; // still starting: asked again until the deadline
  } finally {
    await client.end().catch(() => undefined);
  }
}
