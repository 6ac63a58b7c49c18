import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** How many cases of each sort a page tells; they have odd numbers. */
const pages = {
  "docs/security/passkeys.md": { WA: 11, BY: 11 },
  "docs/security/attacks.md": { LP: 8, SE: 9, TD: 6, AU: 5, UE: 6, OR: 6 },
  "docs/security/faults.md": { FT: 9, LK: 8 },
} as const;

/** Numbers that no case has. */
const skipped = ["FT09"];

const reads = (page: string) => readFileSync(join(root, page), "utf8").split("\n");

/** The rows of a page: its case, what comes of it, and the tests that hold it, each a file and words of a title. */
const rowsOf = (page: string) =>
  reads(page)
    .filter((line) => /^\| [A-Z]{2}\d\d \|/.test(line))
    .map((line) => {
      const [, name = "", , outcome = "", held = ""] = line.split(/ ?\| ?/);
      return { name, outcome, held: held.split(/ and (?=`)/).map((one) => /^`([^`]+)` “([^”]+)”$/.exec(one)) };
    });

describe.each(Object.entries(pages))("%s", (page, sorts) => {
  test.each(rowsOf(page))("$name is held by each test that it names, or says why it does not apply", (row) => {
    if (row.outcome.startsWith("does not apply: ")) return;
    for (const one of row.held) {
      const [, file = "", title = ""] = one ?? [];
      expect(title).not.toBe("");
      expect(readFileSync(join(root, file), "utf8")).toContain(title);
    }
  });

  test("each case stands once, in order", () => {
    const numbers = Object.entries(sorts).flatMap(([word, count]) =>
      Array.from({ length: count }, (_, at) => `${word}${String(2 * at + 1).padStart(2, "0")}`),
    );
    expect(rowsOf(page).map(({ name }) => name)).toEqual(numbers.filter((name) => !skipped.includes(name)));
  });
});
