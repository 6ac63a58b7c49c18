import {
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest";
import * as z from "zod";
import { type Config, readConfig } from "@/lib/config/read-config";
import { type Gate, makeGate } from "@/lib/serve/gate";
import { publicServer } from "@/lib/serve/public-server";
import { shapesOf } from "@/lib/serve/route-shape";
import { readStaticFiles, type StaticFiles } from "@/lib/serve/static-files";
import { makeStaticFolder } from "@/lib/testing/static-folder";
import { markDatabaseDown, setAnswerStatus } from "@/lib/web/answer-status";

/** What a page of some length says. */
export const longWords = "<p>Two doors, and everything that protects them.</p>\n".repeat(80);

let goOn = () => {};

/** Each path behaves like one kind of page of Next's. */
const pages: Record<string, (req: IncomingMessage, res: ServerResponse) => void | Promise<void>> = {
  "/": (_, res) => void res.setHeader("content-type", "text/html").end("<p>page</p>"),
  "/login": (_, res) => void res.setHeader("content-type", "text/html").end("<p>door</p>"),
  "/gone": (_, res) => void res.writeHead(404, "Nothing", { etag: "x", "content-type": "text/html" }).end("<script>"),
  "/cookie": (_, res) => void res.writeHead(500, ["set-cookie", "a=1", "location", "/x"]).end("from inside"),
  "/elsewhere": (_, res) => void res.writeHead(307, { location: "/login" }).end(),
  "/pieces": (_, res) => {
    res.write("<p>one</p>");
    res.end("<p>two</p>");
  },
  "/words": (_, res) => {
    res.setHeader("content-type", "text/html").setHeader("etag", '"x"').flushHeaders();
    res.write(longWords.slice(0, 2_000));
    res.end(longWords.slice(2_000));
  },
  "/slow-words": async (_, res) => {
    res.setHeader("content-type", "text/html").write(longWords);
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    res.end(longWords);
  },
  "/go-on": (_, res) => {
    goOn();
    res.end("gone on");
  },
  "/few-words": (_, res) => void res.writeHead(200, { "content-type": "text/html", "content-length": 5 }).end("<p>it"),
  "/bytes": (_, res) => void res.setHeader("content-type", "image/png").end(longWords),
  "/busy": async (_, res) => {
    await new Promise((resolve) => setImmediate(resolve));
    setAnswerStatus(429, 61.2);
    res.end("slow down");
  },
  "/down": (_, res) => {
    markDatabaseDown();
    res.writeHead(500).end("secret words");
  },
  "/dies": (_, res) => {
    res.setHeader("set-cookie", "session=1");
    markDatabaseDown();
    res.writeHead(500).end("secret words");
  },
  "/throws": async () => Promise.reject(new Error("secret words")),
  "/echo": async (req, res) => {
    for await (const _ of req);
    res.end("read");
  },
};

export type Got = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Buffer;
};
export type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
};

/** The public server with stand-ins for Next's pages, on a port of its own, for the tests of one file. */
export type Doors = {
  readonly port: number;
  /** False: as if the database were away. Every test begins with open doors. */
  isOpen: boolean;
  /** True: as if a signal had come that stops the portal. */
  isClosing: boolean;
  /** Everybody who is let in passes it. */
  readonly gate: Gate;
  /** The headers that the page was given last; empty when none was asked in this test. */
  seen: IncomingHttpHeaders;
  get(path: string, sent?: Sent): Promise<Got>;
  /** Sends bytes as they are, then closes its side if told so, and returns everything that comes back. */
  raw(text: string, more?: { readonly thenEnds?: boolean }): Promise<string>;
  /** Sends bytes as they are and breaks the line off. */
  hangUp(text: string): Promise<void>;
};

export const host = "login.example.test";
export const home = `https://${host}`;
/** The one server action that these doors know. */
export const knownAction = "7".repeat(42);
/** What a form of ours is sent with. */
export const form = { origin: home, "content-type": "application/x-www-form-urlencoded" };

/** Settings of a portal without an address of its own. */
export const localSettings = {
  PORTAL_KEYS: `k1:${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString("base64")}`,
  AUTH_SECRET: "correct horse battery staple twice over",
};

/** Opens the doors before the tests of the calling file and closes them afterwards. */
export function standAtTheDoors(more: Readonly<Record<string, string>> = {}): Doors {
  let server: Server;
  let port = 0;
  const doors: Doors = {
    get port() {
      return port;
    },
    isOpen: true,
    isClosing: false,
    gate: makeGate(),
    seen: {},
    get: (path, sent = {}) => get(port, path, sent),
    raw: (text, { thenEnds = false } = {}) => raw(port, text, thenEnds),
    hangUp: (text) => hangUp(port, text),
  };
  beforeAll(async () => {
    server = serverOf(doors, settings(more), readStaticFiles(makeStaticFolder(), { isHttps: true }));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("not listening on a port");
    port = address.port;
  });
  afterAll(() => server.closeAllConnections());
  beforeEach(() => {
    Object.assign(doors, { isOpen: true, isClosing: false, seen: {} });
  });
  return doors;
}

function serverOf(doors: Doors, house: Config, files: StaticFiles): Server {
  return publicServer(house, {
    isOpen: () => doors.isOpen,
    isClosing: () => doors.isClosing,
    gate: doors.gate,
    files,
    pages: async (req, res) => {
      doors.seen = { ...req.headers };
      await (pages[(req.url ?? "").split("?")[0] ?? ""] ?? pages["/gone"])?.(req, res);
    },
    routeOf: shapesOf(["/", "/login", "/challenge/[factor]", "/challenge/expired", "/welcome/[token]"]),
    knowsAction: (id) => id === knownAction,
  });
}

function settings(more: Readonly<Record<string, string>>): Config {
  const usual = { APP_URL: home, BRAND_NAME: "Doors & <Keys>", TRUSTED_PROXIES: "127.0.0.1" };
  const reading = readConfig({ ...localSettings, ...usual, ...more }, "/");
  if (!reading.ok) throw new Error(reading.mistakes.join());
  return reading.config;
}

function get(port: number, path: string, { method = "GET", headers = {}, body }: Sent): Promise<Got> {
  return new Promise((resolve, reject) => {
    const all = { host, accept: "text/html,*/*", ...headers };
    const outgoing = ask({ host: "127.0.0.1", port, path, method, headers: all }, (res) => {
      const parts: Buffer[] = [];
      res.on("data", (part: Buffer) => parts.push(part));
      res.once("error", reject); // cut off in its middle
      res.on("end", () => {
        const bytes = Buffer.concat(parts);
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: bytes.toString(), bytes });
      });
    });
    outgoing.once("error", reject).end(body);
  });
}

function raw(port: number, text: string, thenEnds: boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = "";
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () =>
      thenEnds ? socket.end(text) : socket.write(text),
    );
    socket.setEncoding("utf8").on("data", (part) => {
      got += part;
    });
    socket.once("end", () => socket.end());
    socket.once("error", reject).once("close", () => resolve(got));
  });
}

function hangUp(port: number, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text, () => socket.resetAndDestroy()));
    socket.once("error", reject).once("close", () => resolve());
  });
}

/** The lines of one kind that the log gets from now on. */
export function linesOf(event: string): () => Readonly<Record<string, unknown>>[] {
  const stdout = vi.spyOn(process.stdout, "write");
  const line = z.record(z.string(), z.unknown());
  return () =>
    stdout.mock.calls
      .map(([text]) => String(text))
      .filter((text) => text.startsWith("{") && text.includes(`"event":"${event}"`))
      .map((text) => line.parse(JSON.parse(text)));
}

/** Every answer carries these. */
export function expectDressed(headers: IncomingHttpHeaders) {
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
    "strict-transport-security": expect.stringContaining("includeSubDomains"),
    "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
  });
}
