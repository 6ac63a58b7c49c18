import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { silenceUnasked } from "@/scripts/unasked.mjs";

test("what Next loads and never asks answers nothing: loading it is free, asking it is told by name", () => {
  const folder = mkdtempSync(join(tmpdir(), "packages-"));
  const packages = join(folder, "node_modules");
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(packages, path)), { recursive: true });
    writeFileSync(join(packages, path), text);
  };
  try {
    put("next/package.json", "{}");
    put("next/dist/compiled/@opentelemetry/api/index.js", 'module.exports = "Next\'s own";');
    put("@opentelemetry/api/dist/index.cjs", 'module.exports = "another";');
    for (const path of [
      "compiled/compression/index",
      "compiled/commander/index",
      "build/next-config-ts/transpile-config",
      "shared/lib/zod",
    ])
      put(`next/dist/${path}.js`, "exports.loud = () => 1;");
    put("next/dist/server/serve-static.js", "exports.loud = () => 1;");
    expect(silenceUnasked(packages)).toBe(
      "This version of Next has no server/config-schema.js: scripts/unasked.mjs must follow.",
    );
    put("next/dist/server/config-schema.js", "exports.loud = () => 1;");
    expect(silenceUnasked(packages)).toBeNull();
    const load = createRequire(join(packages, "next", "server.js"));
    const silent = load("./dist/server/config-schema.js");
    expect(silent.__esModule).toBe(true);
    expect(() => silent.loud).toThrow(/without this module of Next: scripts\/unasked.mjs. Asked for: loud/);
    expect(load("../@opentelemetry/api/dist/index.cjs")).toBe("Next's own");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
