import { expect, test } from "vitest";
import { metricsRules } from "@/lib/policy/metrics-rules";
import { families, familiesWith, seriesOf } from "@/lib/serve/metrics/families";
import { linesIn, valueAt } from "@/lib/serve/metrics/metrics.kit";
import { makeMetrics } from "@/lib/serve/metrics/registry";

const routes = Array.from({ length: metricsRules.mostRoutes + 20 }, (_, at) => `/route/${at}`);
const found = { route: routes, version: ["1.2.3"] };

test("however many combinations came up, all families together stay within two thousand lines", async () => {
  const most = [...familiesWith(found).values()].reduce((sum, family) => sum + seriesOf(family), 0);
  const ofTheProcess = linesIn(await makeMetrics({ route: [], version: [] }).text()).filter(
    (line) => !line.startsWith("sallyport_"),
  ).length;
  expect(ofTheProcess).toBeGreaterThan(20);
  expect(most + ofTheProcess + 40).toBeLessThanOrEqual(metricsRules.mostSeries); // forty for what this process has not shown yet: handles, collections of garbage
});

test("and the bound is no accident: every family full, with words and without, is not one line more", async () => {
  const metrics = makeMetrics(found, false);
  const all = familiesWith(found);
  for (const [name, family] of all) {
    const words = Object.entries(family.labels).map(([label, list]) => [label, [...list, "odd", "odder"]] as const);
    for (const labels of combinations(words)) fill(metrics, name, family.is, labels);
  }
  const most = [...all.values()].reduce((sum, family) => sum + seriesOf(family), 0);
  expect(linesIn(await metrics.text()).length).toBeLessThanOrEqual(most);
});

test("a word that is in no list is “other”, whatever it is and whatever comes with it", async () => {
  const metrics = makeMetrics(found, false);
  const odd = ['"} 1\nforged_total 1', "/welcome/a-token", "ada@example.test", "__proto__", "constructor", ""];
  for (const word of odd) {
    metrics.count("sallyport_http_requests_total", { route: word, method: word, status: word, [word]: word });
    metrics.count("sallyport_logins_total", { way: word });
  }
  const text = await metrics.text();
  expect(linesIn(text).filter((line) => line.startsWith("sallyport_http_requests_total{"))).toEqual([
    `sallyport_http_requests_total{route="other",method="other",status="other"} ${odd.length}`,
  ]);
  expect(valueAt(text, 'sallyport_logins_total{way="other",result="other"}')).toBe(odd.length);
  for (const word of odd.filter((one) => one !== "")) expect(text).not.toContain(word);
});

test("what is not known is told by nobody", async () => {
  const metrics = makeMetrics(found, false);
  const of = async () => valueAt(await metrics.text(), "sallyport_portals_living");
  metrics.set("sallyport_portals_living", {}, 2);
  expect(await of()).toBe(2);
  metrics.set("sallyport_portals_living", {}, null);
  expect(await of()).toBeNull();
});

test("every name is one of Prometheus’ kind, its unit behind it", () => {
  for (const [name, { is }] of Object.entries(families)) {
    expect(name).toMatch(/^sallyport_[a-z_]+$/);
    expect(name.endsWith("_total"), name).toBe(is === "total");
  }
});

type Words = readonly (readonly [string, readonly string[]])[];

function combinations([first, ...rest]: Words): Record<string, string>[] {
  if (first === undefined) return [{}];
  const [label, words] = first;
  const behind = combinations(rest);
  return words.flatMap((word) => behind.map((more) => ({ [label]: word, ...more })));
}

function fill(
  metrics: ReturnType<typeof makeMetrics>,
  name: string,
  is: "total" | "level" | "times",
  labels: Record<string, string>,
): void {
  const family = Object.keys(families).find((one): one is keyof typeof families => one === name);
  if (family === undefined) throw new Error(`There is no family ${name}.`);
  if (is === "total") metrics.count(family, labels);
  else if (is === "level") metrics.set(family, labels, 1);
  else metrics.time(family, labels, 0.2);
}

test("what has not happened yet stands there with 0, or an alarm would not see its first time", async () => {
  const text = await makeMetrics(found, false).text();
  for (const series of [
    'sallyport_events_total{event="device.copied",result="refused"}',
    'sallyport_logins_total{way="password",result="opened"}',
    'sallyport_database_lost_turns_total{end="given_up"}',
    "sallyport_metrics_faults_total",
  ])
    expect(valueAt(text, series), series).toBe(0);
  expect(text).not.toContain('event="device.copied",result="ok"');
});
