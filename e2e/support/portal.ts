import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { portalSettings } from "@/e2e/support/settings";
import { ensure } from "@/lib/kernel/assert";

/**
 * A production portal in a process of its own. `output`: everything it has said so far. `hasEnded`: nobody starts it again,
 * so while it has not, it is the same process.
 */
export type Portal = {
  /** Where browsers find it, and the port that it listens on itself. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly setupLink: string | null;
  /** Where it keeps what is not in its database, the developers' mailbox among it. */
  readonly dataDir: string;
  /** What it was told: a command beside it is told the same. */
  readonly env: NodeJS.ProcessEnv;
  readonly output: () => string;
  readonly hasEnded: () => boolean;
  readonly signal: (name: NodeJS.Signals) => void;
  stop(): Promise<void>;
};

const root = join(import.meta.dirname, "../..");

/**
 * Starts the built portal on a free port and `databaseUrl`, and returns once it answers. It inherits nothing of our
 * environment but the path; `changes` are settings as the operator would write them: a port and a data folder too, where it takes up those of one that
 * was killed. It ends with this process at the latest.
 */
export async function startPortal(
  databaseUrl: string,
  changes: Readonly<Record<string, string>> = {},
): Promise<Portal> {
  const port = changes.PORT === undefined ? await freePort() : Number(changes.PORT);
  const url = changes.APP_URL ?? `http://localhost:${port}`;
  const dataDir = changes.DATA_DIR ?? (await mkdtemp(join(tmpdir(), "sallyport-e2e-")));
  const { PATH = "" } = process.env;
  const place = { PATH, NODE_ENV: "production" as const, APP_URL: url, PORT: String(port), DATA_DIR: dataDir };
  const env = { ...place, ...portalSettings, DATABASE_URL: databaseUrl, ...changes };
  const child = spawn(process.execPath, ["e2e/support/serve.mjs"], { cwd: root, env });
  const output = listenTo(child);
  await untilReady(child, output);
  const setupLink = output().match(/http\S+\/setup\?link=\S+/)?.[0] ?? null;
  const signal = (name: NodeJS.Signals) => void child.kill(name);
  const ends = { hasEnded: () => hasEnded(child), signal, stop: () => stop(child, dataDir) };
  ensure(child.pid, "a portal that answers has a process id");
  return { url, port, pid: child.pid, setupLink, dataDir, env, output, ...ends };
}

function listenTo(child: ChildProcess): () => string {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (piece: string) => {
      said += piece;
    });
  }
  return () => said;
}

/** The last sentence of a start; an end before it is told with everything that was said. Later lines are not looked through: a portal of a whole run says megabytes. */
function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (!output().includes("Stop it with Ctrl-C.")) return;
      child.stdout?.off("data", look);
      resolve();
    };
    child.stdout?.on("data", look);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The portal ended with ${code} instead of starting:\n${output()}`)));
  });
}

/** At once: its database and its folder go with it, and a stop in good order takes its time. */
async function stop(child: ChildProcess, dataDir: string): Promise<void> {
  const gone = hasEnded(child) ? null : new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
  await rm(dataDir, { recursive: true, force: true });
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      ensure(address !== null && typeof address === "object", "a TCP server has a port");
      probe.close(() => resolve(address.port));
    });
  });
}
