import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readDocument } from "@/lib/testing/papers/fences";

const root = join(import.meta.dirname, "../../..");

type Row = { readonly ours: readonly string[]; readonly theirs: readonly string[]; readonly file: string };

/** "blind index (OWASP), lockout" → the two words; what stands in brackets says where the field defines them. */
const wordsIn = (cell: string): readonly string[] =>
  cell
    .replaceAll(/\([^)]*\)/g, "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

const rowsOf = (page: string): readonly Row[] =>
  [...page.matchAll(/^\| ([^|]+) \| [^|]+ \| ([^|]+) \| `([^`]+)` \|$/gm)].map(
    ([, ours = "", theirs = "", file = ""]) => ({ ours: wordsIn(ours), theirs: wordsIn(theirs), file }),
  );

/** As somebody who searches would spell it: `mfaToken`, `mfa_token` and "MFA token" are one, and so is a word that a line's end or a hyphen parts. */
const plain = (text: string): string =>
  text
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/\n\s*(?:\*|\/\/)?/g, " ")
    .replaceAll(/[\s_-]+/g, " ")
    .toLowerCase();

const missingIn = (text: string, { ours, theirs }: Row): readonly string[] =>
  [...ours, ...theirs].filter((word) => !plain(text).includes(plain(word)));

test("a row whose file lacks one of its words is found", () => {
  const rows = rowsOf("| seal | something | AEAD (RFC 5116), sealed box | `lib/x.ts` |\n| a | b |\n");
  expect(rows).toEqual([{ ours: ["seal"], theirs: ["AEAD", "sealed box"], file: "lib/x.ts" }]);
  expect(rows.map((row) => missingIn("/** An aead,\n * a sealed\n * box. */ reSeal()", row))).toEqual([[]]);
  expect(rows.map((row) => missingIn("/** AEAD */", row))).toEqual([["seal", "sealed box"]]);
});

test("every file of the glossary is there, and has our word and the field's", () => {
  const rows = rowsOf(readDocument("docs/glossary.md"));
  expect(rows.length).toBeGreaterThan(40);
  const lacking = rows.map((row) => ({
    file: row.file,
    lacks: existsSync(join(root, row.file))
      ? missingIn(readFileSync(join(root, row.file), "utf8"), row)
      : ["the file itself"],
  }));
  expect(lacking.filter(({ lacks }) => lacks.length > 0)).toEqual([]);
});
