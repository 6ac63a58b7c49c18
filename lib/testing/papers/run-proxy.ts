import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { connect, createServer as createTcpServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { connect as connectTls } from "node:tls";

/** The path of a program, also where only root looks for it; null where it is not installed. */
export function programPath(name: string): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/usr/bin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** A port of loopback that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createTcpServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** What the portal would have seen. */
export type Seen = { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders };

/** Stands where the portal would, and tells what arrives. */
export async function portalStandIn() {
  const seen: Seen[] = [];
  const server = createServer((req, res) => {
    seen.push({ method: req.method ?? "", url: req.url ?? "", headers: req.headers });
    req.resume().on("end", () => res.end("the portal"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections());
  return { port, seen, close };
}

/** Starts a program and waits until it answers on `port`. Throws with what it said when it ends before, or after ten seconds. */
export async function runProxy(program: string, args: readonly string[], port: number, env: Record<string, string>) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const hear = (piece: Buffer) => {
    said += piece;
  };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", hear);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  for (let tries = 0; tries < 200 && child.exitCode === null; tries += 1) {
    if (await answers(port)) return { stop, said: () => said };
    await pause(50);
  }
  await stop();
  throw new Error(`${program} did not answer: ${said}`);
}

/** Does somebody listen there? */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** Waits until a certificate for `host` is there: a proxy that makes its own listens before it has one. Ten seconds at most. */
export async function untilCertified(port: number, host: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await shakesHands(port, host)) return;
    await pause(100);
  }
}

function shakesHands(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTls({ port, host: "127.0.0.1", servername: host, rejectUnauthorized: false });
    socket.once("secureConnect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("secureConnect", () => socket.destroy());
  });
}

type Asked = {
  readonly port: number;
  readonly host: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
};

/** One request over TLS to loopback, as a browser sends it to `host`; no certificate is looked at. Out: status and text. */
export function askOverTls({ port, host, headers = {}, body }: Asked): Promise<{ status: number; text: string }> {
  const options = { host: "127.0.0.1", port, servername: host, path: "/login?next=1", rejectUnauthorized: false };
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, method: body === undefined ? "GET" : "POST", headers: { host, ...headers } });
    asked.once("error", reject).once("response", (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.once("error", reject); // cut off in its middle
      answer.once("end", () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString() }));
    });
    asked.end(body);
  });
}
