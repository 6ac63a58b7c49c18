import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { confirmed, isClaim, saying } from "@/lib/web/said";

describe("what an address claims was done", () => {
  const note = "/security?done=password&ended=3";

  test("is said to the browser that the action led there, reloaded and in another language too", () => {
    const said = { done: "password", ended: "3" };
    expect(confirmed(note, "/security", said)).toEqual(said);
    expect(confirmed(note, "/security", { ...said, lang: "zh" })).toEqual(said);
    expect(confirmed("/login?out=1", "/login", { out: "1", returnTo: "/security" })).toEqual({ out: "1" });
  });

  test.each([
    ["to nobody else", undefined, "/security", { done: "password", ended: "3" }],
    ["with no other number", note, "/security", { done: "password", ended: "30" }],
    ["of nothing else", note, "/security", { done: "removed", ended: "3" }],
    ["with nothing beside it", "/login?out=1", "/login", { out: "1", locked: "letter" }],
    ["with nothing left out", note, "/security", { done: "password" }],
    ["on no other page", note, "/security/devices", { done: "password", ended: "3" }],
    ["once only", note, "/security", { done: ["password", "password"], ended: "3" }],
    ["by the address", note, "/security", {}],
    ["by a damaged note", "http://", "/security", { done: "password" }],
  ])("%s", (_, given, path, query) => {
    expect(confirmed(given, path, query)).toEqual({});
  });
});

test("an address that claims nothing takes the place of no note", () => {
  expect(["/security?done=password&ended=3", "/login?returnTo=%2F&out=1"].map(isClaim)).toEqual([true, true]);
  for (const path of ["/security", "/challenge/expired?returnTo=%2Fsecurity%3Fdone%3Dpassword", "/alarm/alm_done"])
    expect([path, isClaim(path)]).toEqual([path, false]);
});

describe("every page and action", () => {
  const app = join(import.meta.dirname, "../../app");
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  const statements = files.flatMap((file) =>
    readFileSync(join(app, file), "utf8")
      .split(";")
      .map((text) => ({ file, text })),
  );

  test("that leads to a claim notes it for this browser", () => {
    const claims = statements.filter(({ text }) => saying.some((name) => text.includes(`?${name}=`)));
    expect(claims.length).toBeGreaterThan(15);
    expect(claims.filter(({ text }) => /\b(?:leave|redirect)\(/.test(text))).toEqual([]);
  });

  test("that reads a claim asks whether it was noted", () => {
    const reads = statements.filter(({ text }) => /\}\s*=\s*await searchParams/.test(text));
    expect(reads.length).toBeGreaterThan(1);
    const names = reads.map(({ file, text }) => ({ file, words: new Set<string>(text.split(/[^a-zA-Z]+/)) }));
    expect(names.filter(({ words }) => saying.some((name) => words.has(name)))).toEqual([]);
  });
});
