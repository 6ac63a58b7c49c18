import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";

/** MiB of the young generation in a Node of its own after 24 MiB that all survive: as a start, then as what comes after the first page. */
function sizes(): readonly number[] {
  const { code } = transformSync(readFileSync("lib/serve/small-memory.ts", "utf8"), { loader: "ts" });
  const program = `${code}
    import { getHeapSpaceStatistics } from "node:v8";
    const kept = [];
    const fill = () => { for (let i = 0; i < 400_000; i += 1) kept.push({ i, at: [i] }); };
    const size = () => getHeapSpaceStatistics().find((one) => one.space_name === "new_space").space_size / 2 ** 20;
    keepMemorySmall();
    const found = [size()];
    fill(); found.push(size());
    letYoungGrow();
    fill(); found.push(size());
    process.stdout.write(JSON.stringify(found));`;
  const flags = ["--single-threaded-gc", "--max-semi-space-size=32", "--input-type=module"];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, "-e", program], { encoding: "utf8" });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

test("the young generation keeps its size during a start, and grows for visitors", () => {
  const [begun = 0, started = 0, visited = 0] = sizes();
  expect(started).toBeLessThanOrEqual(2 * begun); // its second half is taken with the first collection
  expect(visited).toBeGreaterThan(started);
});
