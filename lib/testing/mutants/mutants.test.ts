import { existsSync, readFileSync } from "node:fs";
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
  expect(existsSync(join(root, mutant.test)), mutant.test).toBe(true);
});
