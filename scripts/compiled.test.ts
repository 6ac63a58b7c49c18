import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { forgetCompiled } from "@/scripts/compiled.mjs";

test("a new build leaves nothing of what was compiled of an earlier one, but the folders that Node writes into", () => {
  const folder = mkdtempSync(join(tmpdir(), "compiled-"));
  try {
    for (const version of ["v22.12.0-x64-0", "v24.0.0-x64-0"]) {
      mkdirSync(join(folder, version));
      writeFileSync(join(folder, version, "b5d1"), "");
    }
    forgetCompiled(folder);
    expect(readdirSync(folder, { recursive: true })).toEqual(["v22.12.0-x64-0", "v24.0.0-x64-0"]);
    expect(() => forgetCompiled(join(folder, "none"))).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
