import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { form, home, standAtTheDoors } from "@/lib/testing/doors";
import { script } from "@/lib/testing/static-folder";

const doors = standAtTheDoors();

const path = "/_next/static/chunks/door.js";
const ask = (encoding: string, more: Record<string, string> = {}) =>
  doors.get(path, { headers: { "accept-encoding": encoding, ...more } });

test("a script arrives compressed by the build, and no page hears of it", async () => {
  const { status, headers, bytes } = await ask("gzip, deflate, br, zstd");
  expect([status, headers["content-encoding"]]).toEqual([200, "br"]);
  expect(brotliDecompressSync(bytes).toString()).toBe(script);
  expect(Number(headers["content-length"])).toBe(bytes.length);
  expect(doors.seen).toEqual({});
});

test("who takes no brotli gets gzip, who takes neither gets the file", async () => {
  const zipped = await ask("gzip, br;q=0");
  expect([zipped.headers["content-encoding"], gunzipSync(zipped.bytes).toString()]).toEqual(["gzip", script]);
  for (const encoding of ["identity", "br;q=0, gzip;q=0", "deflate"]) {
    const { headers, body } = await ask(encoding);
    expect([headers["content-encoding"], body], encoding).toEqual([undefined, script]);
  }
});

test("it says for how long it is kept, what it is and what it depends on, and nothing about windows", async () => {
  for (const encoding of ["br", "gzip", "identity"]) {
    const { date, etag, ...headers } = (await ask(encoding, { connection: "close" })).headers;
    expect(headers, encoding).toEqual({
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "strict-transport-security": expect.stringContaining("max-age="),
      "content-security-policy": expect.stringContaining("default-src 'none'; frame-ancestors 'none'"),
      "cache-control": "public, max-age=31536000, immutable",
      "content-type": "application/javascript; charset=UTF-8",
      "content-length": expect.any(String),
      vary: "Accept-Encoding",
      connection: "close",
      ...(encoding === "identity" ? {} : { "content-encoding": encoding }),
    });
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
  }
});

test("who has it already is told so, whichever coding it came in", async () => {
  const { etag = "" } = (await ask("br")).headers;
  for (const known of [etag, `"x", ${etag}`, etag.replace("W/", ""), "*"]) {
    const { status, headers, bytes } = await ask("gzip", { "if-none-match": known });
    expect([status, bytes.length, headers.etag, headers.vary], known).toEqual([304, 0, etag, "Accept-Encoding"]);
    expect(headers["cache-control"]).toContain("immutable");
    expect(headers["content-encoding"]).toBeUndefined();
  }
  expect((await ask("gzip", { "if-none-match": 'W/"another"' })).status).toBe(200);
});

test("HEAD brings the headers alone", async () => {
  const { headers, status, bytes } = await doors.get(path, { method: "HEAD", headers: { "accept-encoding": "br" } });
  expect([status, bytes.length, headers["content-encoding"]]).toEqual([200, 0, "br"]);
  expect(headers["content-length"]).toBe((await ask("br")).headers["content-length"]);
});

test.each([
  "/_next/static/chunks/nothing.js",
  "/_next/static/",
  "/_next/static/chunks/door.js/",
  "/_next/static/chunks/door.js.br",
  "/_next/static/chunks/%64oor.js",
  "/_next/static/chunks/../chunks/door.js",
  "/_next/static/%2e%2e/%2e%2e/sign.svg",
  "/_next/static/chunks/DOOR.JS",
  "/_next/static/chunks/door.js%00",
  "/_next/static/__proto__",
])("%s is nobody's: a sentence, from no page", async (odd) => {
  for (const accept of ["*/*", "text/html"]) {
    const { status, headers, body } = await doors.get(odd, { headers: { accept } });
    expect([status, headers["content-type"], headers["cache-control"]]).toEqual([
      404,
      "text/plain; charset=utf-8",
      "no-store",
    ]);
    expect(body).not.toContain("<");
  }
  expect(doors.seen).toEqual({});
});

test("a file in the root is kept for an hour; with a query it is the same", async () => {
  const { status, headers, body } = await doors.get("/sign.svg?v=1");
  expect([status, headers["content-type"], headers["cache-control"], body]).toEqual([
    200,
    "image/svg+xml",
    "public, max-age=3600",
    "<svg/>",
  ]);
});

test("files are there also while the database is away; while the portal closes they are the last on their line", async () => {
  doors.isOpen = false;
  expect((await ask("br")).status).toBe(200);
  expect((await doors.get("/sign.svg")).status).toBe(200);
  doors.isClosing = true;
  expect((await ask("br", { connection: "keep-alive" })).headers.connection).toBe("close");
});

test("a lowered bar holds files back like pages", async () => {
  doors.gate.lower();
  let isThere = false;
  const waiting = ask("br").then((got) => {
    isThere = true;
    return got;
  });
  await doors.get("/_next/static/chunks/door.js", { method: "DELETE" }); // answered before the bar
  expect(isThere).toBe(false);
  doors.gate.raise();
  expect((await waiting).status).toBe(200);
});

test("a file takes no forms, and every door stands before it as before a page", async () => {
  const good = { ...form, origin: home };
  const posted = await doors.get(path, { method: "POST", headers: good, body: "a=1" });
  expect([posted.status, posted.headers.allow]).toEqual([405, "GET, HEAD"]);
  expect((await doors.get(path, { method: "POST", headers: form, body: "a=1" })).status).toBe(405);
  const foreign = { ...form, origin: "https://evil.test" };
  expect((await doors.get(path, { method: "POST", headers: foreign, body: "a=1" })).status).toBe(403);
  expect((await doors.get(path, { method: "DELETE" })).status).toBe(405);
  expect((await doors.get(path, { headers: { host: "evil.test" } })).status).toBe(421);
  expect((await doors.get(path, { method: "POST", headers: good, body: "a".repeat(66_000) })).status).toBe(413);
  const hidden = { method: "POST", headers: good, body: "a=1" };
  expect((await doors.get("/_next/static/nothing.js", hidden)).status).toBe(404);
  expect(doors.seen).toEqual({});
});

test("a body with a GET is read like any other before the file is sent", async () => {
  const body = "x".repeat(100);
  expect((await doors.get(path, { headers: { "content-length": "100" }, body })).body).toBe(script);
  const endless = { "transfer-encoding": "chunked" };
  expect((await doors.get(path, { headers: endless, body: "a".repeat(66_000) })).status).toBe(413);
});
