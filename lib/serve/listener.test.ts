import { expect, test } from "vitest";
import { reportBoot } from "@/lib/serve/portal-state";
import { expectDressed, form, type Got, home, host, linesOf, standAtTheDoors } from "@/lib/testing/doors";

const doors = standAtTheDoors();

test("a page passes, dressed, with a nonce of its own", async () => {
  const [one, two] = [await doors.get("/"), await doors.get("/")];
  expect(one).toMatchObject({ status: 200, body: "<p>page</p>" });
  expectDressed(one.headers);
  const nonceOf = ({ headers }: Got) => /'nonce-([\w-]{22})'/.exec(String(headers["content-security-policy"]))?.[1];
  expect(nonceOf(one)).toBeTruthy();
  expect(nonceOf(one)).not.toBe(nonceOf(two));
  expect(doors.seen["x-nonce"]).toBe(nonceOf(two));
  expect(doors.seen["content-security-policy"]).toBe(two.headers["content-security-policy"]);
});

test("a page in pieces arrives whole", async () => {
  const { status, body, headers } = await doors.get("/pieces");
  expect([status, body]).toEqual([200, "<p>one</p><p>two</p>"]);
  expectDressed(headers);
});

test("what strangers say about the way is forgotten, what the entry knows is told", async () => {
  const forged = {
    "x-forwarded-host": "evil.test",
    "x-forwarded-proto": "http",
    "x-forwarded-port": "1",
    forwarded: "for=6.6.6.6",
    "x-real-ip": "6.6.6.6",
    "true-client-ip": "6.6.6.6",
    "cf-connecting-ip": "6.6.6.6",
    "x-original-url": "/x",
    "x-middleware-subrequest": "proxy:proxy",
    "x-nextjs-data": "1",
    "x-matched-path": "/x",
    "x-action-forwarded": "1",
    "x-prerender-revalidate": "x",
    "x-request-id": "forgedforgedforged",
    "x-nonce": "n",
    "x-sallyport-anything": "forged",
    "next-resume": "1",
    "x-invoke-path": "/x",
    "content-security-policy": "script-src 'nonce-mine'",
    "x-pathname": "/x",
  };
  await doors.get("/", { headers: { ...forged, "x-forwarded-for": "6.6.6.6, 198.51.100.7" } });
  expect(doors.seen).toMatchObject({
    "x-forwarded-for": "198.51.100.7",
    "x-forwarded-host": host,
    "x-forwarded-proto": "https",
    "x-forwarded-port": "443",
    "x-pathname": "/",
    "x-request-id": expect.stringMatching(/^[\w-]{22}$/),
  });
  expect(JSON.stringify(doors.seen)).not.toMatch(/6\.6\.6\.6|evil|forged|nonce-mine|\/x"/);
});

test("of a browser's name no more is told to the pages than a browser's name has", async () => {
  await doors.get("/", { headers: { "user-agent": "a".repeat(14_000) } });
  expect(doors.seen["user-agent"]).toHaveLength(512);
});

test("a database that is down is a 503 with an hour to come back", async () => {
  const { status, headers, body } = await doors.get("/down");
  expect([status, headers["retry-after"]]).toEqual([503, "5"]);
  expect(body).toContain("We cannot answer right now");
  doors.isOpen = false;
  expect((await doors.get("/")).status).toBe(503);
  doors.isOpen = true;
  expect((await doors.get("/")).status).toBe(200);
});

test("a portal that is shut while a form is on its way answers that form with 503", async () => {
  let asked = 0;
  const shutLater = { configurable: true, get: () => asked++ === 0, set: () => undefined };
  const before = { configurable: true, enumerable: true, writable: true, value: true };
  Object.defineProperty(doors, "isOpen", shutLater);
  const got = await doors.get("/echo", { method: "POST", headers: form, body: "a=1" });
  Object.defineProperty(doors, "isOpen", before);
  expect([got.status, got.headers["retry-after"], doors.seen]).toEqual([503, "5", {}]);
  expect((await doors.get("/echo", { method: "POST", headers: form, body: "a=1" })).status).toBe(200);
});

test.each([
  ["nothing", {}],
  ["null", { origin: "null" }],
  ["another site", { origin: "https://evil.test" }],
  ["plain http", { origin: `http://${host}` }],
])("a form from %s never reaches the page", async (_, headers) => {
  expect(
    (await doors.get("/echo", { method: "POST", headers: { ...form, origin: "", ...headers }, body: "a=1" })).status,
  ).toBe(403);
  expect(doors.seen).toEqual({});
});

test.each([
  ["a page that hides where it is", { origin: "null", "sec-fetch-site": "same-origin" }],
  ["our origin in another spelling", { origin: `https://${host.toUpperCase()}.:443` }],
])("a form from %s reaches the page, under our origin as the framework compares it", async (_, headers) => {
  const got = await doors.get("/echo", { method: "POST", headers: { ...form, ...headers }, body: "a=1" });
  expect([got.status, got.body]).toEqual([200, "read"]);
  expect(doors.seen.origin).toBe(home);
});

test.each([
  ["/welcome/a-secret-token?link=secret", "/welcome/[token]", { origin: "https://evil.test" }, "origin"],
  ["/login", "/login", { origin: "" }, "origin"],
  ["/login", "/login", { origin: home, "sec-fetch-site": "cross-site" }, "sec-fetch-site"],
  ["/wp-login.php", null, { origin: "null" }, "origin"],
])("a form refused at %s leaves one line in the log, without a secret in it", async (path, route, headers, why) => {
  const lines = linesOf("request.refused");
  const more = { ...form, "x-forwarded-for": "198.51.100.7", ...headers };
  const { status, body } = await doors.get(path, { method: "POST", headers: more, body: "a=1" });
  expect(status).toBe(403);
  expect(lines()).toMatchObject([{ level: "warning", ip: "198.51.100.7", route, why }]);
  expect(body).toContain(String(lines()[0]?.requestId));
  expect(JSON.stringify(lines())).not.toMatch(/secret|evil|wp-login/);
});

test("and is handed on, to leave a row", async () => {
  const noted: unknown[] = [];
  const readiness = async () => ({ isReady: true, why: [] });
  const rest = async () => undefined;
  const noteForeignOrigin = (refused: unknown) => void noted.push(refused);
  const skew = async () => 0;
  const figures = () => Promise.reject(new Error("Nobody asks for figures here."));
  const begin = () => undefined;
  reportBoot({
    mistake: null,
    setupLink: null,
    unproven: [],
    begin,
    readiness,
    skew,
    figures,
    rest,
    noteForeignOrigin,
  });
  const headers = { ...form, origin: "https://evil.test", "x-forwarded-for": "198.51.100.7", "user-agent": "Odd/1" };
  await doors.get("/welcome/a-secret-token", { method: "POST", headers });
  await doors.get("/login", { method: "POST", headers: { ...form, "content-type": "text/plain" } });
  reportBoot(null);
  const about = { ip: "198.51.100.7", agent: "Odd/1", route: "/welcome/[token]", why: "origin" };
  expect(noted).toEqual([{ ...about, requestId: expect.any(String) }]);
});

test("a form of an unknown kind is refused without a line", async () => {
  const lines = linesOf("request.refused");
  expect(
    (await doors.get("/login", { method: "POST", headers: { ...form, "content-type": "text/plain" } })).status,
  ).toBe(415);
  expect(lines()).toEqual([]);
});
