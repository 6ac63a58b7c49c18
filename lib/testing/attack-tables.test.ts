import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const rows = readFileSync(join(root, "docs/security/passkeys.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| (?:WA|BY)\d\d \|/.test(line));

/** Case, file, words of a title. */
const held = rows.map((row) => {
  const cells = row.split(" | ");
  const [, file = "", title = ""] = cells.at(-1)?.match(/^`([^`]+)` “(.+)” \|$/) ?? [];
  return [cells[0]?.slice(2) ?? "", file, title] as const;
});

test.each(held)("%s is held by a test of %s", (_, file, title) => {
  expect(title).not.toBe("");
  expect(readFileSync(join(root, file), "utf8")).toContain(title);
});

test("each case stands once, in order", () => {
  const numbers = (word: string) =>
    Array.from({ length: 11 }, (_, at) => `${word}${String(2 * at + 1).padStart(2, "0")}`);
  expect(held.map(([one]) => one)).toEqual([...numbers("WA"), ...numbers("BY")]);
});
