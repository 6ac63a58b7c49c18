import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";

/** What a program prints that keeps memory small first, run in a Node of its own: V8's flags would stay for everybody else here. */
function run(program: string, flags: readonly string[] = []): string {
  const { code } = transformSync(readFileSync("lib/serve/small-memory.ts", "utf8"), { loader: "ts" });
  const all = ["--single-threaded-gc", "--max-semi-space-size=32", ...flags, "--input-type=module", "-e"];
  const { stdout, stderr } = spawnSync(process.execPath, [...all, `${code}\nkeepMemorySmall();\n${program}`], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout;
}

/** MiB of the room for young objects at first, after 24 MiB that all survive, and after as much once visitors may come. */
const sizes = `
  import { getHeapSpaceStatistics } from "node:v8";
  const kept = [];
  const fill = () => { for (let i = 0; i < 400_000; i += 1) kept.push({ i, at: [i] }); };
  const size = () => getHeapSpaceStatistics().find((one) => one.space_name === "new_space").space_size / 2 ** 20;
  const found = [size()];
  fill(); found.push(size());
  collectForVisitors();
  fill(); found.push(size());
  process.stdout.write(JSON.stringify(found));`;

/** A good 15 MiB of old objects are replaced in no order, twenty times over, between turns of the event loop; `begin` comes before. */
const replacing = (begin: string) => `
  import { setFlagsFromString as tell } from "node:v8";
  ${begin}
  const turn = () => new Promise((resolve) => setTimeout(resolve, 1));
  const kept = [];
  for (let round = 0; round < 150; round += 1) {
    for (let i = 0; i < 30_000; i += 1) kept[Math.floor(Math.random() * 200_000)] = { i, at: [i] };
    await turn();
  }`;

/** How full collections of such a program ended, and by which factor old objects may grow after each: as V8 tells it. */
function collections(begin: string): { readonly ends: readonly string[]; readonly factors: readonly string[] } {
  const pretenuring = "--no-allocation-site-pretenuring"; // objects of one place would be made old at once, in some runs of a program this small
  const told = run(replacing(begin), ["--trace-gc", "--trace-gc-verbose", pretenuring]);
  const found = (pattern: RegExp) => [...told.matchAll(pattern)].map(([, word = ""]) => word);
  return {
    ends: found(/Mark-Compact .* finalize incremental marking via (\w+)/g),
    factors: found(/\[HeapController\] Limit: .*\((\d\.\d)\)/g),
  };
}

test("the young generation keeps its size during a start, and grows for visitors", () => {
  const [begun = 0, started = 0, visited = 0]: readonly number[] = JSON.parse(run(sizes));
  expect(started).toBeLessThanOrEqual(2 * begun); // its second half is taken with the first collection
  expect(visited).toBeGreaterThan(started);
});

const isNode20 = process.versions.node.startsWith("20."); // later V8s tell their collections in other words

test.runIf(isNode20)(
  "for visitors marking is no row of tasks, and old objects grow by two fifths, after they might double",
  () => {
    const starting = collections('tell("--semi-space-growth-factor=2");'); // as a start, but for the room for young objects
    expect(starting.ends).toContain("task"); // else the next lines say nothing
    expect([...new Set(starting.factors)]).toEqual(["2.0"]);
    const ours = collections("collectForVisitors();");
    expect(ours.ends.length).toBeGreaterThan(0);
    expect(ours.ends).not.toContain("task");
    expect([...new Set(ours.factors)]).toEqual(["1.4"]);
  },
);
