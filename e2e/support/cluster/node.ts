import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { chown, mkdir, writeFile } from "node:fs/promises";
import { setPriority } from "node:os";
import { join } from "node:path";
import { type Cable, layCable } from "@/e2e/support/cluster/cable";
import { freePort } from "@/e2e/support/portal";
import { spawnOptions } from "@/lib/db/built-in-cluster";
import type { Account } from "@/lib/db/built-in-place-names";
import { theFence } from "@/lib/testing/papers/fences";
import { programPath } from "@/lib/testing/papers/run-proxy";

/** Where a cluster lies, and whose its processes are: PostgreSQL refuses root. */
export type Grounds = { readonly base: string; readonly account: Account | null; readonly etcd: number };

export type NodePlace = { readonly name: string; readonly isSynchronous: boolean };

/** One machine of a cluster, all of it on this one: Patroni, and the PostgreSQL that it runs. */
export type Node = NodePlace & {
  /** Where others reach its PostgreSQL and its Patroni; `within`: where its PostgreSQL listens, past every cable. */
  readonly sql: number;
  readonly rest: number;
  readonly within: number;
  start(): void;
  /** Everything of it at once with -9, as when its machine loses its power. */
  kill(): void;
  /** All of it stands still, as when its machine hangs: its lines stay open and nobody answers. */
  freeze(): void;
  /** It goes on where it stood, and does not know that time has passed. */
  thaw(): void;
  /** It is alone from now on: neither does it reach anybody, nor anybody it, and no line ends by that. */
  cut(): void;
  mend(): void;
  /** What follows it hears nothing more of it, while all others go on. */
  fallBehind(): void;
  /** In good order. */
  stop(): Promise<void>;
  /** Everything that it has said. */
  output(): string;
};

export async function makeNode(grounds: Grounds, place: NodePlace): Promise<Node> {
  const { base, account } = grounds;
  const home = join(base, place.name);
  await mkdir(home, { mode: 0o700 });
  const file = join(home, "patroni.yml");
  const [sqlWithin, restWithin] = [await freePort(), await freePort()];
  const [sql, rest, etcd] = [await layCable(sqlWithin), await layCable(restWithin), await layCable(grounds.etcd)];
  const ports = { sql: sql.port, rest: rest.port, etcd: etcd.port, sqlWithin, restWithin };
  await writeFile(file, fitted(theFence("docs/scale.md", "yaml"), { ...place, ...ports, home }), { mode: 0o600 });
  for (const path of account === null ? [] : [home, file]) await chown(path, account?.uid ?? 0, account?.gid ?? 0);
  let child: ChildProcess | null = null;
  let said = "";
  const start = () => {
    child = spawn(programPath("patroni") ?? "", [file], {
      ...spawnOptions({ base: home, account }),
      stdio: ["ignore", "pipe", "pipe"],
    });
    havePrecedence(child.pid);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (piece: string) => {
        said = `${said}${piece}`.slice(-20_000);
      });
  };
  const kill = () => {
    child?.kill("SIGKILL");
    for (const pid of serverProcesses(home)) signal(pid, "SIGKILL");
    sql.drop();
    sql.mend();
  };
  const freeze = () => {
    child?.kill("SIGSTOP");
    // a postmaster that stands still starts nobody between the two looks
    for (const pid of [...serverProcesses(home).slice(-1), ...serverProcesses(home)]) signal(pid, "SIGSTOP");
  };
  const thaw = () => {
    for (const pid of serverProcesses(home)) signal(pid, "SIGCONT");
    child?.kill("SIGCONT");
  };
  const cables: readonly Cable[] = [sql, rest, etcd];
  const mend = () => {
    for (const cable of cables) cable.mend();
  };
  const stop = async () => {
    thaw();
    mend();
    await endOf(child, kill);
    for (const cable of cables) await cable.stop();
  };
  const cut = () => {
    for (const cable of cables) cable.cut();
  };
  const own = { ...place, sql: sql.port, rest: rest.port, within: sqlWithin };
  return { ...own, start, kill, freeze, thaw, cut, mend, fallBehind: sql.holdReplicas, stop, output: () => said };
}

/** Also when it comes back: whoever starts it then has stepped back behind it. Where only root may say so, it has none from its second start on. */
function havePrecedence(pid: number | undefined): void {
  if (pid !== undefined && process.getuid?.() === 0) setPriority(pid, 0);
}

/** Patroni ends its server with itself; where that takes too long, all of it is killed. */
async function endOf(running: ChildProcess | null, kill: () => void): Promise<void> {
  if (running === null || running.exitCode !== null || running.signalCode !== null) return kill();
  const ended = new Promise((resolve) => running.once("exit", resolve));
  running.kill("SIGTERM");
  const limit = setTimeout(kill, 20_000);
  await ended;
  clearTimeout(limit);
  kill();
}

type Ports = Readonly<Record<"sql" | "rest" | "etcd" | "sqlWithin" | "restWithin", number>>;

/** The documented configuration with what is this machine's own in its place; each of these must stand there. */
function fitted(text: string, place: NodePlace & Ports & { readonly home: string }): string {
  const { name, isSynchronous, home, sql, rest, etcd, sqlWithin, restWithin } = place;
  const changes: readonly (readonly [string, string])[] = [
    ["name: one", `name: ${name}`],
    [" listen: 10.0.0.21:8008", ` listen: 127.0.0.1:${restWithin}`],
    ["connect_address: 10.0.0.21:8008", `connect_address: 127.0.0.1:${rest}`],
    ["10.0.0.31:2379,10.0.0.32:2379,10.0.0.33:2379", `127.0.0.1:${etcd}\n  use_proxies: true`], // else it asks etcd for its own address, and goes past the cable
    ["synchronous_mode: true", `synchronous_mode: ${isSynchronous}`],
    [" listen: 10.0.0.21:5432", ` listen: 127.0.0.1:${sqlWithin}`],
    ["connect_address: 10.0.0.21:5432", `connect_address: 127.0.0.1:${sql}`],
    ["/var/lib/postgresql/15/sallyport", join(home, "data")],
    ["/var/lib/postgresql/pgpass", join(home, "pgpass")],
    ["/var/run/postgresql", home],
    ["10.0.0.0/24", "127.0.0.1/32"],
  ];
  return changes.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`docs/scale.md has no "${from}" for Patroni.`);
    return all.replaceAll(from, to);
  }, text);
}

/** All that the postmaster of a data folder has started, and itself at last; none where there is none. */
function serverProcesses(home: string): readonly number[] {
  const postmaster = Number(linesOf(join(home, "data", "postmaster.pid"))[0]);
  if (!Number.isInteger(postmaster) || postmaster < 2) return [];
  return [...processes().flatMap(({ pid, parent }) => (parent === postmaster ? [pid] : [])), postmaster];
}

const processes = () =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const [status = ""] = linesOf(`/proc/${name}/stat`);
      return { pid: Number(name), parent: Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[1]) };
    });

/** Of a file that may go at any moment: nothing, then. */
function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it was gone already
  }
}
