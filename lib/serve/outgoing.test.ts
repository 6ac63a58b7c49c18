import { expect, test } from "vitest";
import { expectDressed, knownAction, linesOf, standAtTheDoors } from "@/lib/testing/doors";

const doors = standAtTheDoors();

test.each([
  ["in English", {}, "There is no page here", 'lang="en"'],
  ["in the browser's language", { "accept-language": "zh-CN,zh;q=0.9" }, "找不到此页面", 'lang="zh-Hans"'],
  [
    "in the chosen language",
    { "accept-language": "zh", cookie: "x=1; __Host-language=en" },
    "There is no page here",
    'lang="en"',
  ],
])("a missing page is ours, %s, without a script", async (_, headers, title, lang) => {
  const { status, body, headers: got } = await doors.get("/gone", { headers });
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
  const { body, headers } = await doors.get("/nowhere", {
    headers: { accept: "*/*", "x-forwarded-for": "x" },
    method: "POST",
  });
  expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
  expect(body).toMatch(/^This request|^It seems/);
  const action = await doors.get("/x", {
    method: "POST",
    headers: { "next-action": "00", accept: "text/x-component" },
  });
  expect(action.headers["content-type"]).toBe("text/plain"); // exactly what Next's client shows
});

test("an error keeps the cookies that were set and nothing else", async () => {
  const { status, headers, body } = await doors.get("/cookie");
  expect([status, headers["set-cookie"], headers.location]).toEqual([500, ["a=1"], undefined]);
  expect(body).not.toContain("from inside");
});

test("a page that leads elsewhere after a form is visited: the form is not posted there once more", async () => {
  const asked = await doors.get("/elsewhere");
  expect([asked.status, asked.headers.location]).toEqual([307, "/login"]);
  const form = { "content-type": "application/x-www-form-urlencoded", origin: "https://login.example.test" };
  const posted = await doors.get("/elsewhere", { method: "POST", headers: form, body: "code=123456" });
  expect([posted.status, posted.headers.location]).toEqual([303, "/login"]);
});

test("a fault tells nothing but a reference", async () => {
  const { status, body } = await doors.get("/throws");
  expect(status).toBe(500);
  expect(body).not.toContain("secret words");
  expect(body).toContain(String(doors.seen["x-request-id"]));
});

test("one that the framework answers itself and tells nobody of is found in the log under the page's reference, once", async () => {
  const lines = linesOf("request.failed");
  const { body } = await doors.get("/cookie", { headers: { accept: "text/html" } });
  const requestId = doors.seen["x-request-id"];
  expect(body).toContain(String(requestId));
  await expect.poll(lines).toEqual([expect.objectContaining({ requestId, method: "GET", kind: "framework" })]);
  expect((await doors.get("/gone", { headers: { accept: "text/html" } })).body).not.toContain("Reference");
  expect(lines()).toHaveLength(1);
});

test("an error page keeps to what the address asks for where no cookie says otherwise", async () => {
  const asked = "/gone?returnTo=%2F&lang=zh&theme=dark";
  expect((await doors.get(asked)).body).toContain('<html lang="zh-Hans" data-theme="dark">');
  const headers = { cookie: "__Host-language=en; __Host-theme=light" };
  expect((await doors.get(asked, { headers })).body).toContain('<html lang="en" data-theme="light">');
  await doors.get("/?lang=zh", { headers: { "x-sallyport-language": "en", "x-sallyport-theme": "dark" } });
  expect(doors.seen).toMatchObject({ "x-sallyport-language": "zh", "x-sallyport-theme": "" });
});

test("a script of ours and a program read the reference in the sentence, which has nothing below it", async () => {
  const asking: Record<string, string>[] = [
    { "next-action": knownAction, accept: "text/x-component" },
    { accept: "*/*" },
  ];
  for (const headers of asking) {
    const { status, body } = await doors.get("/throws", { headers });
    expect(status).toBe(500);
    expect(body).toBe(
      `It is not your fault. Try again; if it happens again, tell the support the reference ${doors.seen["x-request-id"]}.\n`,
    );
  }
  const chinese = await doors.get("/throws", { headers: { accept: "*/*", "accept-language": "zh" } });
  expect(chinese.body).toBe(
    `这不是您的问题。请再试一次；如果再次发生，请将编号 ${doors.seen["x-request-id"]} 告诉技术支持。\n`,
  );
});

test("an action can ask for a status and keep its words", async () => {
  const { status, headers, body } = await doors.get("/busy");
  expect([status, headers["retry-after"], body]).toEqual([429, "62", "slow down"]);
});

test("the first doors give every browser a cookie that says nothing, to see whether it keeps any", async () => {
  const probe = "__Host-probe=1; Path=/; Max-Age=31536000; HttpOnly; SameSite=lax; Secure";
  for (const path of ["/login", "/login?returnTo=%2Fsecurity"])
    expect((await doors.get(path)).headers["set-cookie"], path).toEqual([probe]);
  for (const path of ["/", "/challenge/totp", "/welcome", "/welcome/a/b", "/loginx"])
    expect((await doors.get(path)).headers["set-cookie"], path).toBeUndefined();
  const kept = await doors.get("/login", { headers: { cookie: "a=b; __Host-probe=1" } });
  expect(kept.headers["set-cookie"]).toBeUndefined();
});

test.each(["text/html", "text/x-component"])(
  "what was handed out before the database died is taken back (%s)",
  async (accept) => {
    const got = await doors.get("/dies", { headers: { accept } });
    expect([got.status, got.headers["set-cookie"]]).toEqual([503, undefined]);
  },
);

test("while the portal closes, every answer is the last one on its line", async () => {
  const keep = { connection: "keep-alive" };
  expect((await doors.get("/", { headers: keep })).headers.connection).toBe("keep-alive");
  doors.isClosing = true;
  for (const path of ["/", "/gone", "/pieces", "/throws"])
    expect((await doors.get(path, { headers: keep })).headers.connection, path).toBe("close");
});
