import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { spawnOptions } from "@/lib/db/built-in-cluster";
import { unprivilegedAccount } from "@/lib/db/built-in-place";
import { answers, freePort, programPath } from "@/lib/testing/papers/run-proxy";

/** When a pooler takes a connection to the server back, where a portal can live behind it: at the end of a client's session, or of each of its transactions. */
export type PoolMode = "session" | "transaction";

/** Reads a mode from a command line. Throws a sentence for whoever typed another word. */
export function poolModeOf(word: string): PoolMode {
  if (word === "session" || word === "transaction") return word;
  throw new Error("--pooler is session or transaction.");
}

/** PgBouncer between a test and its database. */
export type Pooler = {
  /** Where it listens: another one may take its place. */
  readonly port: number;
  /** The address of the database at `url` by way of the pooler, over TCP. */
  readonly through: (url: string) => string;
  stop(): Promise<void>;
};

/** Where PgBouncer is, or null. Debian: `apt-get install pgbouncer`. */
export const pgbouncer = programPath("pgbouncer");

/** Starts PgBouncer before the server that `url` names, with at most `size` connections to each of its databases. `at`: the port of one that stood there before. */
export async function startPooler(
  url: string,
  mode: PoolMode | "statement",
  size: number,
  at?: number,
): Promise<Pooler> {
  const folder = await mkdtemp(join(tmpdir(), "pooler-"));
  const port = at ?? (await freePort());
  const file = join(folder, "pgbouncer.ini");
  const sockets = new URL(url).searchParams.get("host") ?? "";
  await writeFile(file, settings({ sockets, port, mode, size }));
  await chmod(folder, 0o755);
  const account = process.getuid?.() === 0 ? unprivilegedAccount() : null; // PgBouncer refuses to run as root, and only this account may enter the server's socket
  const child = spawn(pgbouncer ?? "", ["-q", file], {
    ...spawnOptions({ base: folder, account }),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (piece: string) => {
    said += piece;
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for (let looks = 0; looks < 200 && child.exitCode === null; looks += 1) {
    if (await answers(port)) return { port, through: (address) => throughPort(address, port), stop };
    await pause(20);
  }
  await stop();
  throw new Error(`PgBouncer did not start: ${said}`);
}

/** What Debian's ini file says but for places, so that what holds here holds for whoever installs the package: nothing of a client's start is ignored. */
const settings = ({ sockets, port, mode, size }: Readonly<Record<string, string | number>>) => `[databases]
* = host=${sockets} port=5432 user=postgres

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${size}
max_client_conn = 300
`;

function throughPort(url: string, port: number): string {
  const { pathname } = new URL(url);
  return `postgresql://postgres@127.0.0.1:${port}${pathname}`;
}
