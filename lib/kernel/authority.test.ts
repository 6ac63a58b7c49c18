import fc from "fast-check";
import { expect, test } from "vitest";
import { isSameOrigin, readAuthority, readOrigin } from "@/lib/kernel/authority";

test.each([
  ["login.example.test", "login.example.test"],
  ["login.example.test:443", "login.example.test"],
  ["login.example.test:0443", "login.example.test"],
  ["login.example.test:", "login.example.test"],
  ["login.example.test.", "login.example.test"],
  ["login.example.test.:443", "login.example.test"],
  ["LOGIN.Example.TEST", "login.example.test"],
  ["login.example.test:8443", "login.example.test:8443"],
  ["login.example.test:80", "login.example.test:80"],
  ["bücher.example.test", "xn--bcher-kva.example.test"],
  ["BÜCHER.example.test.", "xn--bcher-kva.example.test"],
  ["xn--bcher-kva.example.test", "xn--bcher-kva.example.test"],
  ["登录.example.test", "xn--w2t382c.example.test"],
  ["login。example。test", "login.example.test"],
  ["[::1]:443", "[::1]"],
  ["[0:0:0:0:0:0:0:1]", "[::1]"],
  ["[2001:DB8::0:1]:8443", "[2001:db8::1]:8443"],
  ["127.0.0.1", "127.0.0.1"],
])("%s is the authority %s of https", (written, authority) => expect(readAuthority(written, "https")).toBe(authority));

test.each([
  ...["", ".", "..", "login.example.test..", ":443", "login.example.test:443:443", "login.example.test:70000"],
  ...["login.example.test/", "login.example.test?", "login.example.test#", "ada@login.example.test", "a b.test"],
  ...["login.example.test\\x", "login%2eexample.test", "login.example.test, evil.test", "login.example.test\t", "::1"],
  ...["[::1", "[fe80::1%25eth0]", "[zz]", "*.example.test:x", `${"a".repeat(400)}.test`],
])("%j is none", (text) => expect(readAuthority(text, "https")).toBeNull());

test.each([
  ["https://login.example.test", "https://login.example.test:443", true],
  ["https://login.example.test", "HTTPS://Login.Example.Test.", true],
  ["http://localhost", "http://localhost:80", true],
  ["http://localhost:3000", "http://localhost.:3000", true],
  ["https://login.example.test", "http://login.example.test", false],
  ["https://login.example.test", "http://login.example.test:443", false],
  ["https://login.example.test", "https://login.example.test:8443", false],
  ["https://login.example.test", "https://x.login.example.test", false],
  ["https://login.example.test", "https://login.example.test/", false],
  ["https://login.example.test", "https://login.example.test.evil.test", false],
  ["null", "null", false],
  ["", "", false],
])("%s and %s are one origin: %s", (one, other, is) => {
  expect([isSameOrigin(one, other), isSameOrigin(other, one)]).toEqual([is, is]);
});

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));

test("every spelling of an origin is the same one, and what was read reads as itself", () => {
  const spelling = fc.record({
    name,
    isLoud: fc.boolean(),
    hasDot: fc.boolean(),
    hasPort: fc.boolean(),
    scheme: fc.constantFrom("http", "https"),
  });
  fc.assert(
    fc.property(spelling, ({ name, isLoud, hasDot, hasPort, scheme }) => {
      const own = scheme === "https" ? ":443" : ":80";
      const written = `${scheme}://${name}${hasDot ? "." : ""}${hasPort ? own : ""}`;
      const origin = readOrigin(`${scheme}://${name}`);
      expect(readOrigin(isLoud ? written.toUpperCase() : written)).toBe(origin);
      expect(readOrigin(origin ?? "")).toBe(origin);
    }),
  );
});

test("nothing throws, and what is read is an origin as the URL standard writes it", () => {
  const signs = fc.string({ unit: fc.constantFrom(..."https:/@.?#%[]:1aZü。 \\-,") });
  fc.assert(
    fc.property(signs, (text) => {
      const origin = readOrigin(`https://${text}`);
      if (origin !== null) expect(new URL(origin).origin).toBe(origin);
    }),
  );
});
