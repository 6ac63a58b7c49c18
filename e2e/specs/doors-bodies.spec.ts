import { loginFormOf } from "@/e2e/support/doors";
import { expect, test } from "@/e2e/support/fixtures";
import { ask, askRaw, type Fields, hangUp, post } from "@/e2e/support/http";
import { boundary, formType, part } from "@/e2e/support/odd-calls";
import { type OwnPortal, withOwnPortal } from "@/e2e/support/own-portal";

const end = `--${boundary}--\r\n`;

/** The parts of a form as bytes. */
const partsOf = (form: Fields): string => form.map(([name, value]) => part(name, String(value))).join("");

type Way = { readonly headers: Readonly<Record<string, string>>; readonly words: RegExp };

/** Both ways a form travels, each with what a person reads when it cannot be read. */
function waysOf(url: string, action: string): readonly [Way, Way, Way, Way] {
  const usual = { origin: url, "content-type": formType };
  const scripted = { ...usual, "next-action": action, accept: "text/x-component" };
  return [
    { headers: usual, words: /<h1>That request was not understood<\/h1>/ },
    { headers: { ...usual, "accept-language": "zh-CN" }, words: /<h1>无法理解这个请求<\/h1>/ },
    { headers: scripted, words: /^Something in it got lost on the way\./ },
    { headers: { ...scripted, "accept-language": "zh-CN" }, words: /^请求在途中出了差错。/ },
  ];
}

test("a body that cannot be read is answered with 400, in words, and disturbs nobody else", async () => {
  await withOwnPortal({}, async (portal) => {
    const { action, form } = await loginFormOf(portal.url);
    const parts = partsOf(form);
    const broken = {
      nothing: "",
      "no final boundary": parts,
      "another boundary": (parts + end).replaceAll(boundary, `${boundary}x`),
      "an encoding that makes React's parser throw":
        part("0", "eA==", '; filename="x"\r\nContent-Transfer-Encoding: base64') + end,
    };
    for (const [what, body] of Object.entries(broken)) {
      for (const { headers, words } of waysOf(portal.url, action)) {
        const sent = { ...headers, "content-length": String(body.length) };
        const got = await ask(portal.url, "/login", { method: "POST", headers: sent, body });
        expect([got.status, words.test(got.body)], `${what}: ${got.body.slice(0, 80)}`).toEqual([400, true]);
      }
    }
    const told = () => portal.output().match(/"event":"request.unreadable"/g)?.length ?? 0;
    await expect.poll(told).toBeGreaterThanOrEqual(10);
    await expectUndisturbed(portal);
    expect(told()).toBe(10); // of 16: they are told once in a while
  });
});

test("a body that stops half-way is answered while somebody listens, and hangs nowhere when nobody does", async () => {
  await withOwnPortal({}, async (portal) => {
    const { action, form } = await loginFormOf(portal.url);
    const parts = partsOf(form);
    for (const { headers, words } of waysOf(portal.url, action)) {
      const more = { host: new URL(portal.url).host, accept: "text/html", ...headers };
      const lines = Object.entries({ ...more, "content-length": String(parts.length + 500) });
      const bytes = `POST /login HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${parts}`;
      const got = await askRaw(portal.url, bytes, { thenEnds: true });
      expect(got).toMatch(/^HTTP\/1\.1 400 /);
      expect(got.slice(got.indexOf("\r\n\r\n") + 4)).toMatch(words);
      for (let times = 0; times < 20; times += 1) await hangUp(portal.url, bytes);
    }
    await expect.poll(() => portal.output().match(/"why":"cut off"/g)?.length).toBe(4 * 21);
    await expectUndisturbed(portal);
  });
});

test("large forms get an answer, with many fields too; what is beyond 64 kB is refused", async () => {
  await withOwnPortal({}, async (portal) => {
    const { form, action } = await loginFormOf(portal.url);
    const long = await post(portal.url, "/login", [...form, ["more", "a".repeat(60_000)]]);
    expect([long.status, long.body.includes('name="identifier"')]).toEqual([200, true]);
    const [, , { headers }] = waysOf(portal.url, action);
    const send = (body: string, type: string) =>
      ask(portal.url, "/login", { method: "POST", body, headers: { ...headers, "content-type": type } });
    const row = '--b\r\nContent-Disposition: form-data; name="_1_a"\r\n\r\n\r\n';
    const rows = (count: number) => `${part("0", '["$K1"]').replace(boundary, "b")}${row.repeat(count)}--b--\r\n`;
    const many = await send(rows(1_000), "multipart/form-data; boundary=b");
    expect([many.status, many.headers["content-type"]]).toEqual([200, "text/x-component"]);
    expect((await send(rows(2_000), "multipart/form-data; boundary=b")).status).toBe(413);
    const plain = { origin: portal.url, "content-type": "application/x-www-form-urlencoded" };
    const pairs = await ask(portal.url, "/login", { method: "POST", body: "a=1&".repeat(2_000), headers: plain });
    expect([pairs.status, pairs.body.includes('name="identifier"')]).toEqual([200, true]);
    const tooLong = await post(portal.url, "/login", [...form, ["more", "a".repeat(65_000)]]);
    expect([tooLong.status, tooLong.body.includes("That is too much at once")]).toEqual([413, true]);
    await expectUndisturbed(portal);
  });
});

async function expectUndisturbed(portal: OwnPortal) {
  expect((await ask(portal.url, "/login")).status).toBe(200);
  expect(portal.hasEnded()).toBe(false);
  expect(portal.output()).not.toMatch(/"event":"(?:process\.|request\.failed)/);
}
