import { expect, test } from "vitest";
import { readArguments } from "@/scripts/bench/arguments.mjs";
import { figures } from "@/scripts/bench/figures.mjs";
import { filesNamedIn } from "@/scripts/bench/named-files.mjs";
import { median, ratios, spreadOf } from "@/scripts/bench/spread.mjs";
import { growthTable, soakTable, writeTable } from "@/scripts/bench/table.mjs";

test("the middle of the rounds is told, with the least and the most", () => {
  expect([median([]), median([3]), median([9, 1, 2]), median([4, 1, 2, 10])]).toEqual([0, 3, 2, 3]);
  expect(spreadOf([5, 1, 3])).toEqual({ median: 3, least: 1, most: 5 });
});

test("a ratio is made round by round, of what was measured side by side", () => {
  expect(ratios([2, 30], [1, 10])).toEqual([2, 3]);
});

test("without words a run has six rounds and nothing beside it but the blank app", () => {
  expect(readArguments([])).toMatchObject({ beside: [], rounds: 6, quick: false, publish: false });
  expect(readArguments(["--quick"])).toMatchObject({ rounds: 1, quick: true });
});

test("commits stand with commas between them, or each after its own word", () => {
  const beside = ["aaa", "bbb", "ccc"];
  expect(readArguments(["--beside", "aaa,bbb", "--beside=ccc", "--rounds", "2"])).toMatchObject({ beside, rounds: 2 });
});

test("what bench cannot do is said in a sentence", () => {
  const asked =
    (...words: string[]) =>
    () =>
      readArguments(words);
  expect(asked("--besides", "aaa")).toThrow("bench does not know --besides.");
  expect(asked("--rounds", "0")).toThrow("--rounds takes a whole number between 1 and 30.");
  expect(asked("--beside")).toThrow("--beside takes names of commits");
  expect(asked("--beside", "--quick")).toThrow("--beside takes names of commits");
  expect(asked("--growth", "--soak")).toThrow("runs of their own");
  expect(asked("--quick", "--publish")).toThrow("Only a whole run is published");
});

test("a first visit fetches what the page names, once each, and nothing that only old browsers want", () => {
  const page = `<link rel="stylesheet" href="/_next/a.css"/><link rel="preload" as="script" href="/_next/b.js"/>
    <script src="/_next/b.js" async=""></script><script src="/_next/old.js" noModule=""></script>
    <link rel="icon" href="/favicon.svg?x=1&amp;y=2"/><img src="https://elsewhere.example/p.png"/><a href="/login">in</a>`;
  expect(filesNamedIn(page)).toEqual(["/_next/a.css", "/_next/b.js", "/favicon.svg?x=1&y=2"]);
});

/** What a load gave: `cpu` of the portal, half of it on the main thread, and a tenth of it in the database. */
const load = (cpu: number, p99: number | null = 60) => ({
  n: 1500,
  perSecond: 100,
  p50: 30,
  p95: 50,
  p99,
  failed: 0,
  requests: 4,
  cpu: { portal: cpu, main: cpu / 2, database: cpu / 10 },
});
const visit = (files: number) => ({ n: 200, files: 9, all: 130_000, script: 118_000, cpu: { page: 1, files } });
const start = (ms: number) => ({ ms, cpu: ms, mib: 100 });

/** A run of two rounds: the security page costs 2.5 times what the blank page does. */
function run(p99: number | null = 60) {
  const loads = ["page", "guarded", "security", "action", "verify", "api", "crowd", "login", "fullLogin"];
  const all = (cpu: number) => Object.fromEntries(loads.map((step) => [step, [load(cpu, p99), load(cpu, p99)]]));
  const here = { ...all(5), cold: [visit(3), visit(3)], challenge: [visit(3)], argon2: [{ perSecond: 120 }] };
  return {
    at: "2026-01-02T03:04:05.678Z",
    rounds: 2,
    beside: [{ name: "abc1234", commit: "abc1234" }],
    machine: { cpu: "some", cores: 2, memoryGiB: 4, kernel: "6", node: "v20" },
    taken: { blank: all(2), here, abc1234: { ...all(10), cold: [visit(30), visit(60)] } },
    opened: { here: { mib: 33 } },
    loaded: 200,
    starts: { blank: [start(500)], here: [start(900)], abc1234: [start(1000)] },
    own: [start(1200)],
  };
}

test("each figure reaches its goal, or what is required, or misses it", () => {
  const told = new Map(figures(run()).map(({ what, value, reached }) => [what, { value: value?.median, reached }]));
  expect(told.get("Security page, CPU")).toEqual({ value: 2.5, reached: "required" });
  expect(told.get("Lightest guarded page, CPU")).toEqual({ value: 2.5, reached: "missed" });
  expect(told.get("Login with its pages, CPU")).toEqual({ value: 0.5, reached: "goal" });
  expect(told.get("Files of a first visit, CPU")).toMatchObject({ reached: "required" });
  expect(told.get("Start to the first page, database running")).toEqual({ value: 1.8, reached: "required" });
  expect(told.get("Start to the first page, with its own database")).toMatchObject({ reached: "told" });
  expect(told.get("Standalone folder")).toEqual({ value: 33, reached: "required" });
  expect(told.get("Verify by action, p99 at 16 clients")).toEqual({ value: 2, reached: "goal" });
});

test("too few answers tell nothing of one in a hundred, and without an earlier commit nothing is held against one", () => {
  const told = figures(run(null)).find(({ what }) => what.includes("p99"));
  expect(told).toMatchObject({ measured: "too few answers", value: null, reached: "told" });
  expect(figures({ ...run(), beside: [] }).filter(({ against }) => against.includes(" at "))).toEqual([]);
});

test("the tables have a line for every figure, load, and minute", () => {
  const table = writeTable(run(), null);
  expect(table).toContain(
    "| Security page, CPU | 5.00 ms | 2.00 ms blank page | 2.50 (2.50–2.50) | 2.7 | 2.4 | required |",
  );
  expect(table).toContain("| verify | abc1234 | 1500 | 100.0 (100.0–100.0) | 30 (30–30) | 50 (50–50) | 60 (60–60) |");
  const rounds = { small: [load(5)], large: [load(6)] };
  expect(growthTable({ houses: { small: 3000, large: 200_000 }, taken: { verify: rounds } })).toContain(
    "| verify | 5.50 ms | 6.60 ms | 1.20 (1.20–1.20) |",
  );
  const minute = { p50: 10, p95: 20, p99: 30, perSecond: 100, failed: 0, mib: 200 };
  const soak = {
    each: [minute, minute],
    whole: { ...minute, n: 12_000 },
    memory: { begin: 150, end: 200 },
    clients: 16,
  };
  expect(soakTable(soak)).toContain("| 2 | 10 | 20 | 30 | 100.0 | 0 | 200 |");
});
