import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
// @ts-expect-error -- the list is plain JavaScript, so that the command needs nothing built
import { mutants } from "./mutants.mjs";

const root = join(import.meta.dirname, "../../..");

/** One place of a fault: the file, and which text becomes which. */
type Part = { readonly file: string; readonly changes: readonly (readonly [string, string])[] };
type Mutant = Part & { readonly name: string; readonly test: string; readonly only: string; readonly also?: Part };

test.each<Mutant>(mutants)('the fault "$name" can still be built in, and its test is still there', (mutant) => {
  for (const { file, changes } of mutant.also ? [mutant, mutant.also] : [mutant]) {
    let text = readFileSync(join(root, file), "utf8");
    for (const [from, to] of changes) {
      expect(text.split(from).length - 1, `${file} has its text once: ${from}`).toBe(1);
      text = text.replace(from, () => to);
    }
  }
  const tests = readFileSync(join(root, mutant.test), "utf8");
  expect(isTitled(tests, mutant.only), `${mutant.test} has a test "${mutant.only}"`).toBe(true);
});

test("a title that is gone is noticed, one that a table fills in is found by what stands fast of it", () => {
  const tests = 'test("a code is refused", f);\ntest.each([["a lock"]])("a link is dead after %s", f);';
  for (const only of ["", "code is refused", "is dead after a lock", "a lock"])
    expect(isTitled(tests, only), only).toBe(true);
  for (const only of ["is taken", "dead before a lock", "code is refused twice"])
    expect(isTitled(tests, only), only).toBe(false);
});

/** The first argument of `test(…)`, `describe(…)` and `test.each(…)(…)`. */
const titles = /(?:\b(?:test|it|describe)(?:\.\w+)*|\))\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g;
/** What a table's row is put in the place of. */
const holes = /%[sdifjo#]|\$\{[^}]*\}|\$[\w.]+/;
/** Fewer signs stand somewhere in every file. */
const least = 4;

/** Do these words stand in a title? Of a title with holes: what stands fast of it may be left out, the rest must be words of the file, as a table's are. */
function isTitled(tests: string, only: string): boolean {
  return [...tests.matchAll(titles)].some(([, , title = ""]) => {
    const [first = "", ...others] = title.split(holes);
    if (others.length === 0 || first.includes(only)) return first.includes(only);
    const besides = (rest: string) => [first, ...others].flatMap((part) => restsBeside(part, rest));
    const ofTheTable = [only, ...besides(only), ...besides(only).flatMap(besides)];
    return ofTheTable.some((rest) => rest.trim().length >= least && tests.includes(rest));
  });
}

/** What is left of `only` where it begins with the end of this part, or ends with its beginning. */
function restsBeside(part: string, only: string): readonly string[] {
  const lengths = Array.from({ length: Math.min(part.length, only.length) }, (_, nth) => nth + 1);
  return lengths.flatMap((length) => [
    ...(only.startsWith(part.slice(-length)) ? [only.slice(length)] : []),
    ...(only.endsWith(part.slice(0, length)) ? [only.slice(0, -length)] : []),
  ]);
}
