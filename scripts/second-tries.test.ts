import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { forgetFailures } from "@/scripts/second-tries.mjs";

test("each runtime forgets what failed, and a build whose runtime reads otherwise is none", () => {
  const server = mkdtempSync(join(tmpdir(), "server-"));
  const put = (path: string, text: string) =>
    writeFileSync(join(server, "chunks", path, "[turbopack]_runtime.js"), text);
  const text = "entry = Promise.reject(error); module1.error = error; reject(promise[turbopackError] = err);";
  try {
    expect(forgetFailures(server)).toMatch(/^This version of Next has no runtime in server\/chunks: /);
    mkdirSync(join(server, "chunks", "ssr"), { recursive: true });
    put(".", text);
    put("ssr", text);
    expect(forgetFailures(server)).toBeNull();
    for (const path of ["chunks", "chunks/ssr"])
      expect(readFileSync(join(server, path, "[turbopack]_runtime.js"), "utf8")).toBe(
        "return Promise.reject(error); module1.error = error; moduleCache.delete(id); reject(promise[turbopackError] = err); moduleCache.delete(module.id);",
      );
    put("ssr", text.replace("module1.error", "it.error"));
    put(".", text);
    expect(forgetFailures(server)).toBe(
      'This version of Next has not once "module1.error = error;" in its runtime: scripts/second-tries.mjs must follow.',
    );
  } finally {
    rmSync(server, { recursive: true });
  }
});
