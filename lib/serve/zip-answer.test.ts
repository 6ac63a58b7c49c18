import { request } from "node:http";
import { PassThrough } from "node:stream";
import { brotliDecompressSync, createGunzip, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { host, longWords, standAtTheDoors } from "@/lib/testing/doors";

const doors = standAtTheDoors();
const ask = (path: string, encoding: string, more: Record<string, string> = {}) =>
  doors.get(path, { headers: { "accept-encoding": encoding, ...more } });

test.each([
  ["gzip, deflate, br, zstd", "br", brotliDecompressSync],
  ["gzip, br;q=0", "gzip", gunzipSync],
] as const)("a page for somebody who takes %s comes in %s, whole", async (encoding, coding, opened) => {
  const { status, headers, bytes } = await ask("/words", encoding);
  expect([status, headers["content-encoding"], headers.vary]).toEqual([200, coding, "Accept-Encoding"]);
  expect(opened(bytes).toString()).toBe(longWords);
  expect(bytes.length).toBeLessThan(longWords.length / 4);
  expect(headers.etag).toBe('W/"x"'); // the bytes are others, the page is the same
  expect(headers["content-length"]).toBe(String(bytes.length));
});

test("who takes no coding gets the page as it is, and caches know that it depends", async () => {
  const { headers, body } = await ask("/words", "identity");
  expect([headers["content-encoding"], headers.vary, headers.etag, body]).toEqual([
    undefined,
    "Accept-Encoding",
    '"x"',
    longWords,
  ]);
  expect(headers["content-length"]).toBe(String(Buffer.byteLength(longWords))); // whole too, not in the pieces that it was written in
});

test("pictures, what a packet holds and errors of ours are left alone", async () => {
  for (const path of ["/bytes", "/few-words", "/gone", "/throws"])
    expect((await ask(path, "br")).headers, path).not.toHaveProperty("content-encoding");
});

test("whom another site sends, with cookies, gets nothing whose length tells what is in it", async () => {
  for (const site of ["cross-site", "same-site"]) {
    const { headers } = await ask("/words", "br", { cookie: "a=b", "sec-fetch-site": site });
    expect([headers["content-encoding"], headers.vary], site).toEqual([undefined, "Accept-Encoding"]);
    expect((await ask("/words", "br", { "sec-fetch-site": site })).headers["content-encoding"], site).toBe("br");
  }
  for (const site of ["same-origin", "none"])
    expect((await ask("/words", "br", { cookie: "a=b", "sec-fetch-site": site })).headers["content-encoding"]).toBe(
      "br",
    );
});

test("HEAD is told nothing of a body that it does not get", async () => {
  const { headers } = await doors.get("/words", { method: "HEAD", headers: { "accept-encoding": "br" } });
  expect(headers["content-encoding"]).toBeUndefined();
});

test.each([
  ["gzip", createGunzip],
  ["identity", () => new PassThrough()],
])(
  "a page that takes its time is sent in pieces (%s): the first is read while the last is not yet written",
  async (coding, open) => {
    const opened: string[] = [];
    const ended = await new Promise<string>((resolve, reject) => {
      const headers = { host, accept: "text/html", "accept-encoding": coding };
      const outgoing = request({ host: "127.0.0.1", port: doors.port, path: "/slow-words", headers }, (res) => {
        const words = res.pipe(open());
        words.setEncoding("utf8").on("data", (piece: string) => {
          if (opened.length === 0) doors.get("/go-on").catch(reject);
          opened.push(piece);
        });
        words.once("end", () => resolve(opened.join(""))).once("error", reject);
      });
      outgoing.once("error", reject).end();
    });
    expect(opened[0]?.length).toBeGreaterThan(0);
    expect(ended).toBe(longWords + longWords);
  },
);
