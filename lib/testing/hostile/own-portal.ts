import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

/** A production portal in a process of its own, which ends with this one at the latest. */
export type OwnPortal = { readonly url: string; readonly port: number; stop(): Promise<void> };

/** Starts the built portal on a free port and on `databaseUrl`. `settings` as the operator would write them. */
export async function startPortal(databaseUrl: string, settings: Readonly<Record<string, string>>): Promise<OwnPortal> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const place = { PATH: process.env.PATH, APP_URL: url, PORT: String(port), DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, ["e2e/support/serve.mjs"], {
    env: { ...settings, ...place, NODE_ENV: "production" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  await ready(child);
  const gone = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  const stop = () => {
    child.kill("SIGTERM");
    return gone;
  };
  return { url, port, stop };
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
