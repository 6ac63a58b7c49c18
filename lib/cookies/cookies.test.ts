import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CookieKind, cookieKinds, cookieOf, namePrefix } from "@/lib/cookies/cookies";
import { days, hours, inSeconds, minutes } from "@/lib/kernel/duration";

const at = (appUrl: string) => ({ appUrl, isHttps: appUrl.startsWith("https:") });
const kinds = Object.keys(cookieKinds).filter((kind): kind is CookieKind => kind in cookieKinds);

describe("the name of a cookie", () => {
  test.each([
    ["https://login.example.test", "__Host-session"],
    ["https://login.example.test:8443", "__Host-p8443-session"],
    ["https://localhost:8443", "__Host-p8443-session"],
    ["http://localhost:3000", "p3000-session"],
    ["http://localhost", "p80-session"],
    ["http://127.0.0.1:3000", "p3000-session"],
    ["http://127.8.9.10:3001", "p3001-session"],
    ["http://[::1]:8080", "p8080-session"],
  ])("at %s is %s", (appUrl, name) => {
    expect(cookieOf("session", at(appUrl)).name).toBe(name);
  });

  test("never begins like the session's of this or another port, whose pieces are found by the beginning of their names", () => {
    const urls = ["http://localhost", "http://localhost:8080", "http://localhost:808", "http://localhost:30001"];
    const all = [
      ...urls,
      "http://localhost:3000",
      "https://localhost",
      "https://localhost:808",
      "https://localhost:8080",
    ];
    const names = all.flatMap((url) => kinds.map((kind) => cookieOf(kind, at(url)).name));
    expect(new Set(names).size).toBe(names.length);
    for (const url of all) {
      const session = cookieOf("session", at(url)).name;
      expect(names.filter((name) => name.startsWith(session))).toEqual([session]);
    }
  });
});

describe("what a browser is told about it", () => {
  test("on https every cookie is pinned to host and transport; on this machine's http none asks for what Safari refuses", () => {
    for (const kind of kinds) {
      const [safe, plain] = [
        cookieOf(kind, at("https://login.example.test")),
        cookieOf(kind, at("http://localhost:3000")),
      ];
      expect(safe.name).toMatch(/^__Host-/);
      expect(safe.options).toMatchObject({ path: "/", secure: true, httpOnly: true });
      expect(plain.name).not.toMatch(/^__/);
      expect(plain.options).toEqual({ ...safe.options, secure: false });
    }
  });

  test("one that is taken back has the same attributes and no life", () => {
    const gone = cookieOf("session", at("https://login.example.test"), hours(0));
    expect(gone.options).toEqual({ path: "/", secure: true, httpOnly: true, sameSite: "lax", maxAge: 0 });
  });
});

test("the table in the docs has every cookie, its life and its SameSite, and no other", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/security/sessions.md"), "utf8");
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| ([^|]+) \| (Lax|Strict) \| [^|]{20,} \|$/gm)];
  const told = rows.map(([, name = "", life = "", sameSite = ""]) => ({
    name,
    life: life.trim(),
    sameSite: sameSite.toLowerCase(),
  }));
  const meant = kinds.map((name) => ({ name, life: lifeInWords(name), sameSite: cookieKinds[name].sameSite }));
  expect(told).toEqual(meant);
  for (const url of ["https://login.example.test", "https://login.example.test:8443", "http://localhost:3000"])
    expect(page).toContain(`\`${namePrefix(at(url))}session\``);
});

function lifeInWords(kind: CookieKind): string {
  const { life } = cookieKinds[kind];
  if (life === null) return "until the browser closes";
  if (life === 0) return "none: over at once";
  if (life === days(365)) return "1 year";
  if (life >= days(2)) return `${life / days(1)} days`;
  if (life >= hours(1)) return `${life / hours(1)} h`;
  return life >= minutes(10) ? `${life / minutes(1)} min` : `${inSeconds(life)} s`;
}
