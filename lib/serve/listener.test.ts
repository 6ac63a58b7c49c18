import {
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readConfig } from "@/lib/config/read-config";
import { publicServer } from "@/lib/serve/public-server";
import { markDatabaseDown, setAnswerStatus } from "@/lib/web/answer-status";

/** Stands in for Next: each path behaves like one kind of page. What it was given is kept for the tests to look at. */
let seen: IncomingHttpHeaders = {};
let isOpen = true;
const pages: Record<string, (req: IncomingMessage, res: ServerResponse) => void | Promise<void>> = {
  "/": (_, res) => void res.setHeader("content-type", "text/html").end("<p>page</p>"),
  "/gone": (_, res) => void res.writeHead(404, "Nothing", { etag: "x", "content-type": "text/html" }).end("<script>"),
  "/cookie": (_, res) => void res.writeHead(500, ["set-cookie", "a=1", "location", "/x"]).end("from inside"),
  "/pieces": (_, res) => {
    res.write("<p>one</p>");
    res.end("<p>two</p>");
  },
  "/busy": async (_, res) => {
    await new Promise((resolve) => setImmediate(resolve));
    setAnswerStatus(429, 61.2);
    res.end("slow down");
  },
  "/down": (_, res) => {
    markDatabaseDown();
    res.writeHead(500).end("secret words");
  },
  "/throws": async () => Promise.reject(new Error("secret words")),
  "/echo": async (req, res) => {
    for await (const _ of req);
    res.end("read");
  },
};

const reading = readConfig(
  {
    PORTAL_KEYS: `k1:${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString("base64")}`,
    AUTH_SECRET: "correct horse battery staple twice over",
    APP_URL: "https://login.example.test",
    BRAND_NAME: "Doors & <Keys>",
    TRUSTED_PROXIES: "127.0.0.1",
  },
  "/",
);
if (!reading.ok) throw new Error(reading.mistakes.join());
const config = reading.config;
const host = "login.example.test";
const home = `https://${host}`;
let server: Server;
let port = 0;

beforeAll(async () => {
  server = publicServer(config, {
    isOpen: () => isOpen,
    pages: async (req, res) => {
      seen = { ...req.headers };
      await (pages[(req.url ?? "").split("?")[0] ?? ""] ?? pages["/gone"])?.(req, res);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = addressOf(server.address()).port;
});
afterAll(() => server.closeAllConnections());
beforeEach(() => {
  isOpen = true;
});

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return address;
}

type Got = { status: number; headers: IncomingHttpHeaders; body: string };
type Sent = { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer };

function get(path: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const all = { host, accept: "text/html,*/*", ...headers };
    const outgoing = ask({ host: "127.0.0.1", port, path, method, headers: all }, (res) => {
      let text = "";
      res.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      res.on("end", () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body: text }));
    });
    outgoing.once("error", reject).end(body);
  });
}

/** Sends bytes as they are and returns everything that comes back. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let got = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("utf8").on("data", (part) => {
      got += part;
    });
    socket.once("error", reject).once("close", () => resolve(got));
  });
}

function expectDressed(headers: IncomingHttpHeaders) {
  expect(headers).toMatchObject({
    ...{ "x-content-type-options": "nosniff", "referrer-policy": "same-origin", "x-frame-options": "DENY" },
    ...{ "cross-origin-opener-policy": "same-origin", "cache-control": "no-store" },
    "strict-transport-security": expect.stringContaining("includeSubDomains"),
    "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
  });
}

const form = { origin: home, "content-type": "application/x-www-form-urlencoded" };

test("a page passes, dressed, with a nonce of its own", async () => {
  const [one, two] = [await get("/"), await get("/")];
  expect(one).toMatchObject({ status: 200, body: "<p>page</p>" });
  expectDressed(one.headers);
  const nonceOf = ({ headers }: Got) => /'nonce-([\w-]{22})'/.exec(String(headers["content-security-policy"]))?.[1];
  expect(nonceOf(one)).toBeTruthy();
  expect(nonceOf(one)).not.toBe(nonceOf(two));
  expect(seen["x-nonce"]).toBe(nonceOf(two));
  expect(seen["content-security-policy"]).toBe(two.headers["content-security-policy"]);
});

test("a page in pieces arrives whole", async () => {
  const { status, body, headers } = await get("/pieces");
  expect([status, body]).toEqual([200, "<p>one</p><p>two</p>"]);
  expectDressed(headers);
});

test("what strangers say about the way is forgotten, what the entry knows is told", async () => {
  const forged = {
    ...{
      "x-forwarded-host": "evil.test",
      "x-forwarded-proto": "http",
      "x-forwarded-port": "1",
      forwarded: "for=6.6.6.6",
    },
    ...{ "x-real-ip": "6.6.6.6", "true-client-ip": "6.6.6.6", "cf-connecting-ip": "6.6.6.6", "x-original-url": "/x" },
    ...{
      "x-middleware-subrequest": "proxy:proxy",
      "x-nextjs-data": "1",
      "x-matched-path": "/x",
      "x-action-forwarded": "1",
    },
    ...{
      "x-prerender-revalidate": "x",
      "x-request-id": "forgedforgedforged",
      "x-nonce": "n",
      "x-sallyport-judged": "1",
    },
    ...{
      "next-resume": "1",
      "x-invoke-path": "/x",
      "content-security-policy": "script-src 'nonce-mine'",
      "x-pathname": "/x",
    },
  };
  await get("/", { headers: { ...forged, "x-forwarded-for": "6.6.6.6, 198.51.100.7" } });
  expect(seen).toMatchObject({
    ...{
      "x-forwarded-for": "198.51.100.7",
      "x-forwarded-host": host,
      "x-forwarded-proto": "https",
      "x-forwarded-port": "443",
    },
    ...{ "x-pathname": "/", "x-sallyport-judged": "1", "x-request-id": expect.stringMatching(/^[\w-]{22}$/) },
  });
  expect(JSON.stringify(seen)).not.toMatch(/6\.6\.6\.6|evil|forged|nonce-mine|\/x"/);
});

test.each([
  ["in English", {}, "There is no page here", 'lang="en"'],
  ["in the browser's language", { "accept-language": "zh-CN,zh;q=0.9" }, "这里没有页面", 'lang="zh-Hans"'],
  [
    "in the chosen language",
    { "accept-language": "zh", cookie: "x=1; __Host-language=en" },
    "There is no page here",
    'lang="en"',
  ],
])("a missing page is ours, %s, without a script", async (_, headers, title, lang) => {
  const { status, body, headers: got } = await get("/gone", { headers });
  expect(status).toBe(404);
  expect(body).toContain(title);
  expect(body).toContain(lang);
  expect(body).toContain("Doors &#38; &#60;Keys&#62;");
  expect(body).not.toMatch(/<script|\son\w+=|\sstyle=/);
  expect(got.etag).toBeUndefined();
  expect(got["content-security-policy"]).toContain(/<style nonce="([\w-]+)"/.exec(body)?.[1]);
  expectDressed(got);
});

test("a script or a program reads a sentence in place of the page", async () => {
  const { body, headers } = await get("/nowhere", {
    headers: { accept: "*/*", "x-forwarded-for": "x" },
    method: "POST",
  });
  expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
  expect(body).toMatch(/^This request|^It seems/);
  const action = await get("/x", { method: "POST", headers: { "next-action": "00", accept: "text/x-component" } });
  expect(action.headers["content-type"]).toBe("text/plain"); // exactly what Next's client shows
});

test("an error keeps the cookies that were set and nothing else", async () => {
  const { status, headers, body } = await get("/cookie");
  expect([status, headers["set-cookie"], headers.location]).toEqual([500, ["a=1"], undefined]);
  expect(body).not.toContain("from inside");
});

test("a fault tells nothing but a reference", async () => {
  const { status, body } = await get("/throws");
  expect(status).toBe(500);
  expect(body).not.toContain("secret words");
  expect(body).toContain(String(seen["x-request-id"]));
});

test("an action can ask for a status and keep its words", async () => {
  const { status, headers, body } = await get("/busy");
  expect([status, headers["retry-after"], body]).toEqual([429, "62", "slow down"]);
});

test("a database that is down is a 503 with an hour to come back", async () => {
  const { status, headers, body } = await get("/down");
  expect([status, headers["retry-after"]]).toEqual([503, "5"]);
  expect(body).toContain("We cannot answer right now");
  isOpen = false;
  expect((await get("/")).status).toBe(503);
  isOpen = true;
  expect((await get("/")).status).toBe(200);
});

test.each(["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])("%s is refused and told what is not", async (method) => {
  const { status, headers } = await get("/", { method });
  expect([status, headers.allow]).toEqual([405, "GET, HEAD, POST"]);
  expectDressed(headers);
});

test.each(["evil.test", "login.example.test:8443", "login.example.test.", "127.0.0.1", ""])(
  "host %j is not ours",
  async (name) => {
    const { status, headers } = await get("/", { headers: { host: name } });
    expect(status).toBe(421);
    expectDressed(headers);
  },
);

test.each([
  ["nothing", {}],
  ["null", { origin: "null" }],
  ["another site", { origin: "https://evil.test" }],
  ["plain http", { origin: `http://${host}` }],
])("a form from %s never reaches the page", async (_, headers) => {
  seen = {};
  expect(
    (await get("/echo", { method: "POST", headers: { ...form, origin: "", ...headers }, body: "a=1" })).status,
  ).toBe(403);
  expect(seen).toEqual({});
});

test("a body up to 64 kB is read, a larger one is not", async () => {
  expect(await get("/echo", { method: "POST", headers: form, body: "a".repeat(65_536) })).toMatchObject({
    status: 200,
    body: "read",
  });
  expect((await get("/echo", { method: "POST", headers: form, body: "a".repeat(65_537) })).status).toBe(413);
});

test("a body without an announced length is counted as it comes", async () => {
  const chunked = { ...form, "transfer-encoding": "chunked" };
  expect((await get("/echo", { method: "POST", headers: chunked, body: "a".repeat(1000) })).status).toBe(200);
  expect((await get("/echo", { method: "POST", headers: chunked, body: "a".repeat(70_000) })).status).toBe(413);
});

test("an address too long for any page is refused", async () => {
  expect((await get(`/${"a".repeat(8_192)}`)).status).toBe(414);
});

test.each([
  ["no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
  ["two hosts", `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.test\r\nConnection: close\r\n\r\n`, 400],
  ["a whole address", `GET http://evil.test/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 400],
  ["no path", `OPTIONS * HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, 405],
  [
    "both lengths",
    `POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    400,
  ],
  ["rubbish", "\u0016\u0003\u0001 rubbish\r\n\r\n", 400],
  ["huge cookies", `GET / HTTP/1.1\r\nHost: ${host}\r\nCookie: a=${"x".repeat(20_000)}\r\n\r\n`, 431],
])("%s: a request that no browser sends gets a clear answer", async (_, text, status) => {
  const answer = await raw(text);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer.toLowerCase()).toContain("x-content-type-options: nosniff");
});

test("another name of this machine leads to the right one, but only to read", async () => {
  const local = readConfig({ ...localEnv, PORT: String(port) }, "/");
  if (!local.ok) throw new Error(local.mistakes.join());
  const { addressOf: split, turnedAway } = await import("@/lib/serve/incoming");
  const judge = (name: string, method: string) =>
    turnedAway({ method, url: "//evil.test/?a", headers: { host: name }, hostLines: 1 }, split(local.config));
  const to = `http://localhost:${port}//evil.test/?a`;
  for (const name of ["127.0.0.1", "[::1]"]) {
    expect(judge(`${name}:${port}`, "GET")).toEqual({ kind: "redirected", to });
    expect(judge(`${name}:${port}`, "POST")).toEqual({ kind: "refused", status: 421 });
  }
  expect(judge("127.0.0.1:1", "GET")).toEqual({ kind: "refused", status: 421 });
  expect(judge(`localhost:${port}`, "GET")).toBeNull();
});

const localEnv = {
  PORTAL_KEYS: `k1:${Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString("base64")}`,
  AUTH_SECRET: "correct horse battery staple twice over",
};
