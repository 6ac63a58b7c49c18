import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A copy of these parts of the house, in which faults can be built in. `drop` removes it. */
export function copyHouse(root, parts) {
  const copy = mkdtempSync(join(tmpdir(), "mutants-"));
  for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return { copy, drop: () => rmSync(copy, { recursive: true, force: true }) };
}

/** Builds the fault in, does the work, takes it out again. Out: what the work gave, or why the fault cannot be built in. */
export async function withFault(copy, mutant, work) {
  const parts = mutant.also ? [mutant, mutant.also] : [mutant];
  const before = new Map(parts.map(({ file }) => [file, readFileSync(join(copy, file), "utf8")]));
  try {
    for (const { file, changes } of parts)
      for (const change of changes)
        if (!replaceOnce(join(copy, file), change)) return `its text is not in ${file} exactly once`;
    return await work();
  } finally {
    for (const [file, text] of before) writeFileSync(join(copy, file), text);
  }
}

function replaceOnce(file, [from, to]) {
  const text = readFileSync(file, "utf8");
  if (text.split(from).length !== 2) return false;
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
  return true;
}
