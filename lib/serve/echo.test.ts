import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { probeLine, probeSent } from "@/lib/cookies/probe";
import { rangesOf } from "@/lib/kernel/address-range";
import { seconds } from "@/lib/kernel/duration";
import { doctorRules } from "@/lib/policy/doctor-rules";
import { answerEcho, echoPath, echoQuestion, readEcho } from "@/lib/serve/echo";
import { ensureSettings, ringOf } from "@/lib/testing/test-settings";

const server = createServer((req, res) => {
  if (!answerEcho(req, res, rangesOf(["127.0.0.1", "::1"]))) res.writeHead(404).end("a page");
});
let home = "";

beforeAll(async () => {
  ensureSettings();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  home = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(() => void server.close());

async function ask(question: string, headers: Record<string, string> = {}, method = "GET") {
  const response = await fetch(`${home}${echoPath}${question}`, { headers, method });
  return { status: response.status, body: await response.text() };
}

const ring = ringOf("one");
const now = () => vi.getRealSystemTime();
const question = (nonce: string, at = now()) => echoQuestion(nonce, new Date(at), ring);

test("whoever holds the keys hears how a question arrived, and nobody else can read it", async () => {
  const { status, body } = await ask(question("n1"), { "x-forwarded-for": "203.0.113.7" });
  expect(status).toBe(200);
  expect(body).not.toMatch(/127\.0\.0\.1|203\.0/);
  expect(readEcho("n1", body, ring)).toEqual({
    peer: "127.0.0.1",
    client: "203.0.113.7",
    doubt: null,
    isForwarded: true,
    hasProbe: false,
  });
  expect(readEcho("n2", body, ring)).toBeNull();
  expect(readEcho("n1", body, ringOf("two"))).toBeNull();
});

test("whether a cookie came along is told, and another is set as the first doors set it", async () => {
  const response = await fetch(`${home}${echoPath}${question("n0")}`, { headers: { cookie: `x=1; ${probeSent()}` } });
  expect(readEcho("n0", await response.text(), ring)).toMatchObject({ hasProbe: true });
  expect(response.headers.getSetCookie()).toEqual([probeLine()]);
});

test("a question asked again is answered for its nonce alone: it tells nothing to whoever read it in a log", async () => {
  const asked = question("n3");
  const [one, again] = [await ask(asked), await ask(asked)];
  expect(again.body).not.toBe(one.body);
  expect(readEcho("n4", again.body, ring)).toBeNull();
});

test.each([
  ["no question", ""],
  ["a nonce of its own choice", `?n=other&${question("n5").split("&")[1]}`],
  ["other keys", echoQuestion("n6", new Date(now()), ringOf("two"))],
  ["an old one", question("n7", now() - doctorRules.ticket - seconds(5))],
  ["one from the future", question("n8", now() + doctorRules.ticket + seconds(5))],
  ["an endless one", `${question("n9")}&x=${"x".repeat(600)}`],
])("%s is a request like any other", async (_, asked) => {
  expect(await ask(asked)).toEqual({ status: 404, body: "a page" });
});

test("a form to that path is a form like any other", async () => {
  expect((await ask(question("n10"), {}, "POST")).status).toBe(404);
});
