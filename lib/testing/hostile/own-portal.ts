import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

/** A production portal in a process of its own, which ends with this one at the latest. */
export type OwnPortal = {
  readonly url: string;
  readonly port: number;
  readonly healthPort: number;
  /** The longest time of work, in milliseconds, for which its event loop was not free since this was last asked; null where the system does not tell. */
  heldLongest(): Promise<number | null>;
  stop(): Promise<void>;
};

/** Starts the built portal on free ports and on `databaseUrl`. `settings` as the operator would write them. */
export async function startPortal(databaseUrl: string, settings: Readonly<Record<string, string>>): Promise<OwnPortal> {
  const [port, healthPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  const ports = { PORT: String(port), HEALTH_PORT: String(healthPort) };
  const place = { PATH: process.env.PATH, APP_URL: url, ...ports, DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, ["--import", "./scripts/longest-hold.mjs", "e2e/support/serve.mjs"], {
    env: { ...settings, ...place, NODE_ENV: "production" },
    stdio: ["pipe", "pipe", "inherit", "ipc"],
  });
  await ready(child);
  const gone = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  const stop = () => {
    child.kill("SIGTERM");
    return gone;
  };
  return { url, port, healthPort, heldLongest: () => heldLongest(child), stop };
}

/** Asks a program that was started with `scripts/longest-hold.mjs`. Out: milliseconds since the last question, or null. */
export function heldLongest(child: ChildProcess, word = "how long?"): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("message", (answer) => resolve(typeof answer === "number" ? answer : null));
    child.send(word, (fault) => fault && reject(fault));
  });
}

function ready(child: ChildProcess): Promise<void> {
  let said = "";
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (piece: string) => {
      said = (said + piece).slice(-4_000);
      if (said.includes("Stop it with Ctrl-C.")) resolve();
    });
    child.once("exit", () => reject(new Error(`The portal ended instead of starting:\n${said}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
