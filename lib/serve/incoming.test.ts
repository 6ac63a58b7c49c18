import { expect, test } from "vitest";
import { readConfig } from "@/lib/config/read-config";
import { expectDressed, host, localSettings, standAtTheDoors } from "@/lib/testing/doors";

const doors = standAtTheDoors();

test.each(["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])("%s is refused and told what is not", async (method) => {
  const { status, headers } = await doors.get("/", { method });
  expect([status, headers.allow]).toEqual([405, "GET, HEAD, POST"]);
  expectDressed(headers);
});

test.each(["login.example.test:443", "login.example.test.", "LOGIN.Example.TEST.:443", "login.example.test:"])(
  "host %j is ours, and is told to the pages as ours",
  async (name) => {
    expect((await doors.get("/", { headers: { host: name } })).status).toBe(200);
    expect(doors.seen["x-forwarded-host"]).toBe(host);
  },
);

test.each(["evil.test", "login.example.test:8443", "login.example.test:80", "login.example.test..", "127.0.0.1", ""])(
  "host %j is not ours",
  async (name) => {
    const { status, headers } = await doors.get("/", { headers: { host: name } });
    expect(status).toBe(421);
    expectDressed(headers);
  },
);

test("an address too long for any page is refused", async () => {
  expect((await doors.get(`/${"a".repeat(8_192)}`)).status).toBe(414);
});

test.each(["/%", "/welcome/%", "/welcome/inv_abc%3", "/login/%zz", "/%E0%A4", "/%c0%af", "/_next/static/%", "/%u0041"])(
  "%s holds an escape that cannot be decoded: whoever sent it is told so, before the framework takes it for a fault of the house",
  async (path) => {
    const { status, headers } = await doors.get(path);
    expect(status).toBe(400);
    expectDressed(headers);
  },
);

test("what can be decoded comes in, whatever it says; a query is no path", async () => {
  for (const path of ["/?next=%", "/?%E0%A4", "/%2F", "/%25"])
    expect([path, (await doors.get(path)).status]).not.toEqual([path, 400]);
});

test("so is one of more parameters than any page reads: each costs the framework more than its letters", async () => {
  const status = async (count: number) => (await doors.get(`/?${"a=b&".repeat(count)}z`)).status;
  expect([await status(63), await status(64), await status(1_900)]).toEqual([200, 414, 414]);
});

test("another name of this machine leads to the right one, but only to read", async () => {
  const local = readConfig({ ...localSettings, PORT: String(doors.port) }, "/");
  if (!local.ok) throw new Error(local.mistakes.join());
  const { addressOf: split, turnedAway } = await import("@/lib/serve/incoming");
  const judge = (name: string, method: string) =>
    turnedAway({ method, url: "//evil.test/?a", headers: { host: name }, hostLines: 1 }, split(local.config));
  const to = `http://localhost:${doors.port}//evil.test/?a`;
  for (const name of ["127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"]) {
    expect(judge(`${name}:${doors.port}`, "GET")).toEqual({ kind: "redirected", to });
    expect(judge(`${name}:${doors.port}`, "POST")).toEqual({ kind: "refused", status: 421 });
  }
  expect(judge("127.0.0.1:1", "GET")).toEqual({ kind: "refused", status: 421 });
  for (const name of ["localhost", "LOCALHOST", "localhost."]) expect(judge(`${name}:${doors.port}`, "GET")).toBeNull();
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
  const answer = await doors.raw(text);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer.toLowerCase()).toContain("x-content-type-options: nosniff");
});
