import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { familiesWith } from "@/lib/serve/metrics/families";
import { makeMetrics } from "@/lib/serve/metrics/registry";
import { alarms, atOneAccount, calm } from "@/lib/serve/metrics/rules.kit";
import { theFence } from "@/lib/testing/papers/fences";

const root = join(import.meta.dirname, "../../..");
const rulesFile = join(root, "docs/examples/prometheus/sallyport.rules.yml");
const rules = readFileSync(rulesFile, "utf8");
const dashboardFile = join(root, "docs/examples/prometheus/sallyport-dashboard.json");
const families = familiesWith({ route: ["/_next/static", "/login"], version: [] });

const panels = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).optional() })),
  templating: z.object({ list: z.array(z.object({ query: z.string() })) }),
});

const dashboard = panels.parse(JSON.parse(readFileSync(dashboardFile, "utf8")));
const asked: readonly string[] = [
  ...[...rules.matchAll(/expr: (?:>-\n)?((?:.|\n)*?)\n {8}(?:for|labels):/g)].map(([, expr = ""]) => expr),
  ...dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ...dashboard.templating.list.map(({ query }) => query).filter((query) => query.includes("(")),
];
const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name = ""]) => name);

test("the dashboard and the rules ask something everywhere", () => {
  expect(alerts.length).toBeGreaterThan(20);
  expect(asked.length).toBeGreaterThan(alerts.length + 30);
  expect(asked.filter((expr) => namesIn(expr).length === 0)).toEqual([]);
});

test("and only for what is told, under this very name", async () => {
  const text = await makeMetrics({ route: [], version: [] }).text();
  const told = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", kind = ""]) => [name, kind]));
  const isTold = (name: string) =>
    name === "up" || told.has(name) || told.get(name.replace(/_(?:bucket|sum|count)$/, "")) === "histogram";
  expect(asked.flatMap(namesIn).filter((name) => !isTold(name))).toEqual([]);
});

test("and by labels and words that it has: a renamed event would silence its alarm without a sound", () => {
  const wrong = asked.flatMap(selectorsIn).filter(({ name, label, words }) => {
    const family = families.get(name.replace(/_(?:bucket|sum|count)$/, ""));
    if (family === undefined || label === "instance" || label === "job") return false;
    const list = family.labels[label];
    return list === undefined || !words.every((word) => [...list, "other"].includes(word));
  });
  expect(wrong).toEqual([]);
  expect(asked.flatMap(selectorsIn).length).toBeGreaterThan(20);
});

test("docs/watching.md says of every alarm what it means and what to do, and of no other", () => {
  const page = readFileSync(join(root, "docs/watching.md"), "utf8");
  const told = [...page.matchAll(/^\| `(Sallyport\w+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, name = ""]) => name);
  expect(told.toSorted()).toEqual(alerts.toSorted());
});

test("every alarm has a story in which it sounds", () => {
  expect(Object.keys(alarms).toSorted()).toEqual(alerts.toSorted());
});

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

test.skipIf(!hasPromtool)(
  "promtool reads the rules: each alarm sounds where it has a reason, and none in a calm night",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "sallyport-rules-"));
    try {
      const checked = spawnSync("promtool", ["check", "rules", rulesFile], { encoding: "utf8" });
      expect(checked.stderr + checked.stdout).toContain(`SUCCESS: ${alerts.length} rules found`);
      writeFileSync(join(folder, "cases.yml"), JSON.stringify(casesOf(rulesFile))); // JSON is YAML
      const tried = spawnSync("promtool", ["test", "rules", join(folder, "cases.yml")], { encoding: "utf8" });
      expect(tried.stdout + tried.stderr).toMatch(/SUCCESS\s*$/);
      expect(tried.status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  60_000,
);

test.skipIf(!hasPromtool)("promtool reads the prometheus.yml of docs/watching.md, with a token too", () => {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-rules-"));
  try {
    const given = theFence("docs/watching.md", "yaml");
    writeFileSync(join(folder, "sallyport.rules.yml"), rules);
    writeFileSync(join(folder, "sallyport.token"), "t");
    const guarded = given.replace("# authorization", "authorization").replace("/etc/prometheus/", "");
    expect(guarded).toContain("\n    authorization: { credentials_file: sallyport.token }");
    for (const text of [given, guarded]) {
      writeFileSync(join(folder, "prometheus.yml"), text);
      const checked = spawnSync("promtool", ["check", "config", "prometheus.yml"], { cwd: folder, encoding: "utf8" });
      expect(checked.stderr).not.toContain("FAILED");
      expect(checked.stdout).toContain("is valid prometheus config file syntax");
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Names of metrics in an expression: words of ours and of Node's, and Prometheus' own `up`. */
const namesIn = (expr: string): string[] =>
  [...expr.matchAll(/(?<![\w.])(?:(?:sallyport|process|nodejs)_\w+|up(?=\{))/g)].map(([name]) => name);

function selectorsIn(expr: string) {
  return [...expr.matchAll(/((?:sallyport|process|nodejs)_\w+)\{([^}]*)\}/g)].flatMap(([, name = "", inside = ""]) =>
    [...inside.matchAll(/(\w+)(?:=~|!=|!~|=)"([^"]*)"/g)].map(([, label = "", words = ""]) => ({
      name,
      label,
      words: words.split("|"),
    })),
  );
}

/** Nights: a calm one, two in each of which every second alarm has its reason, and one of a flood at one account. What sounds is all that may: a mistaken alarm is noticed too. */
function casesOf(file: string) {
  const night = (sounding: readonly string[], reasons = alarms) => ({
    interval: "1m",
    input_series: Object.entries(Object.assign({}, calm, ...sounding.map((name) => reasons[name]))).map(
      ([series, values]) => ({ series, values }),
    ),
    promql_expr_test: [
      {
        expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
        eval_time: "180m",
        exp_samples: sounding.map((name) => ({ labels: `{alertname="${name}"}`, value: 1 })),
      },
    ],
  });
  const [odd, even] = [1, 0].map((rest) => Object.keys(alarms).filter((_, at) => at % 2 === rest));
  const tests = [night([]), night(odd ?? []), night(even ?? []), night(Object.keys(atOneAccount), atOneAccount)];
  return { rule_files: [file], evaluation_interval: "5m", tests };
}
