import { expect, test } from "vitest";
import { form, home, host, knownAction, linesOf, standAtTheDoors } from "@/lib/testing/doors";
import { until } from "@/lib/testing/until";

const doors = standAtTheDoors();

test("a body up to 64 kB is read, a larger one is not", async () => {
  expect(await doors.get("/echo", { method: "POST", headers: form, body: "a".repeat(65_536) })).toMatchObject({
    status: 200,
    body: "read",
  });
  expect((await doors.get("/echo", { method: "POST", headers: form, body: "a".repeat(65_537) })).status).toBe(413);
});

test("a body without an announced length is counted as it comes", async () => {
  const chunked = { ...form, "transfer-encoding": "chunked" };
  expect((await doors.get("/echo", { method: "POST", headers: chunked, body: "a".repeat(1000) })).status).toBe(200);
  expect((await doors.get("/echo", { method: "POST", headers: chunked, body: "a".repeat(70_000) })).status).toBe(413);
});

const parts = { origin: home, "content-type": "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW" };

test.each([
  ["en", "Something in it got lost on the way.", {}],
  ["zh", "请求在途中出了差错。", { "accept-language": "zh" }],
])("a form that cannot be read is answered in words (%s) and never reaches the page", async (_, words, language) => {
  const lines = linesOf("request.unreadable");
  const got = await doors.get("/echo", { method: "POST", headers: { ...parts, ...language }, body: "half a form" });
  expect([got.status, got.body.includes(words), doors.seen]).toEqual([400, true, {}]);
  expect(lines()).toMatchObject([
    { level: "info", why: "malformed", bytes: 11, requestId: expect.stringMatching(/^[\w-]{22}$/) },
  ]);
  expect(got.body).toContain(String(lines()[0]?.requestId));
  const action = { ...parts, ...language, "next-action": knownAction, accept: "text/x-component" };
  const scripted = await doors.get("/echo", { method: "POST", headers: action, body: "half a form" });
  expect([scripted.status, scripted.headers["content-type"], scripted.body.includes(words)]).toEqual([
    400,
    "text/plain",
    true,
  ]);
});

/** A whole form of one field. */
const formOf = (name: string, value: string) =>
  `------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n`;

test.each([
  ["en", "The portal has been updated since you opened it.", {}],
  ["zh", "您打开此页面之后，门户已经更新。", { "accept-language": "zh" }],
])("an action of another build is told as one (%s), with scripts and without", async (_, words, language) => {
  const lines = linesOf("request.unknown_action");
  const id = "0".repeat(42);
  const plain = { method: "POST", headers: { ...parts, ...language }, body: formOf(`$ACTION_ID_${id}`, "") };
  const call = { method: "POST", headers: { ...plain.headers, "next-action": id }, body: formOf("0", '["$K1"]') };
  for (const sent of [plain, call]) {
    const got = await doors.get("/echo", sent);
    expect([got.status, got.body.includes(words), doors.seen]).toEqual([409, true, {}]);
    expect(got.headers["x-nextjs-action-not-found"]).toBe("1");
  }
  expect(lines()).toMatchObject([{ level: "info" }, { level: "info" }]);
  const known = { ...plain, body: formOf(`$ACTION_ID_${knownAction}`, "") };
  expect((await doors.get("/echo", known)).status).toBe(200);
});

test("two hundred unreadable calls are a few lines, none of which is about a fault", async () => {
  const lines = linesOf("request.unreadable");
  const call = { method: "POST", headers: { ...parts, "next-action": knownAction }, body: formOf("0", "[") };
  for (let sent = 0; sent < 200; sent += 1) expect((await doors.get("/echo", call)).status).toBe(400);
  expect(lines().length).toBeLessThanOrEqual(10);
  expect(lines().every(({ level }) => level === "info")).toBe(true);
});

test("a form in parts that names no action is for no page: it is refused at the door, in a few lines", async () => {
  const lines = linesOf("request.unreadable");
  const stray = { method: "POST", headers: parts, body: formOf("identifier", "ada") };
  for (let sent = 0; sent < 50; sent += 1) expect((await doors.get("/echo", stray)).status).toBe(400);
  expect(doors.seen).toEqual({});
  expect(lines().length).toBeLessThanOrEqual(10);
});

test("a line that answered an unreadable form serves the next request", async () => {
  const rubbish = `POST /echo HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${home}\r\nContent-Type: ${parts["content-type"]}\r\nContent-Length: 7\r\n\r\nrubbish`;
  const got = await doors.raw(`${rubbish}GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  expect(got).toMatch(/^HTTP\/1.1 400 [\s\S]*HTTP\/1.1 200 [\s\S]*<p>page<\/p>/);
});

const begun = `POST /echo HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${home}\r\nAccept: text/html\r\nAccept-Language: zh\r\nContent-Type: ${form["content-type"]}\r\n`;

test.each([
  ["with a length", "Content-Length: 30\r\n\r\na=1"],
  ["in pieces", "Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n"],
])("a body %s that stops half-way never reaches the page; whoever still listens reads why", async (_, rest) => {
  const lines = linesOf("request.unreadable");
  const got = await doors.raw(begun + rest, { thenEnds: true });
  expect(got).toMatch(/^HTTP\/1.1 400 [\s\S]*请求在途中出了差错。/);
  expect(doors.seen).toEqual({});
  await until(() => expect(lines()).toMatchObject([{ why: "cut off", bytes: 3 }]));
  expect(got).toContain(String(lines()[0]?.requestId));
});

test("a visitor who leaves in the middle of a body leaves nothing behind", async () => {
  const lines = linesOf("request.unreadable");
  await doors.hangUp(`${begun}Content-Length: 30\r\n\r\na=1`);
  await until(() => expect(lines()).toMatchObject([{ why: "cut off", bytes: 3 }]));
  expect(doors.seen).toEqual({});
  expect((await doors.get("/")).status).toBe(200);
});
