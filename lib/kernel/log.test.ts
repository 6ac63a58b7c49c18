import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";

const { outputFiles } = buildSync({
  entryPoints: [join(import.meta.dirname, "log.ts")],
  format: "esm",
  platform: "node",
  write: false,
});
const source = outputFiles[0]?.text ?? "";

function run(program: string): string[] {
  const args = ["--input-type=module", "-e", `${source}\n${program}`];
  return spawnSync(process.execPath, args, { encoding: "utf8" }).stdout.trim().split("\n");
}

test("what is logged while the start speaks comes after its sentences, in order", () => {
  const lines = run(
    'const release = holdLines(); logLine("a", {}); console.log("Ready."); logLine("b", {}); release(); logLine("c", {});',
  );
  expect(lines).toEqual(["Ready.", '{"log":"a"}', '{"log":"b"}', '{"log":"c"}']);
});

test("a start that ends before it is ready loses no line", () => {
  expect(run('holdLines(); logLine("a", {}); console.log("No."); process.exit(1);')).toEqual(["No.", '{"log":"a"}']);
});
