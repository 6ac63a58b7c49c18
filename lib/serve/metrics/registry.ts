import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import {
  type Family,
  type FamilyName,
  type Found,
  familiesWith,
  other,
  setsOf,
  zerosOf,
} from "@/lib/serve/metrics/families";

/** Words for labels; each is looked up in its family's list. */
export type Labels = Readonly<Record<string, string>>;

/** What this process counts. A label's word that is not in its list is `other`, and so is everything past the most combinations that a family may have. */
export type Metrics = {
  /** Counts up by one, or by `many`. */
  readonly count: (family: FamilyName, labels?: Labels, many?: number) => void;
  /** Moves a level by so much. */
  readonly move: (family: FamilyName, labels: Labels, by: number) => void;
  /** Writes a level down; nothing: it is not known, and told by nobody. */
  readonly set: (family: FamilyName, labels: Labels, to: number | null | undefined) => void;
  /** Notes how many seconds something took. */
  readonly time: (family: FamilyName, labels: Labels, seconds: number) => void;
  /** All of it as Prometheus reads it. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
};

/** Makes all families, with nothing counted yet. `withProcess`: also what Node says of this process (memory, CPU, event loop). */
export function makeMetrics(found: Found, withProcess = true): Metrics {
  const registry = new Registry();
  if (withProcess) collectDefaultMetrics({ register: registry });
  const all = familiesWith(found);
  const made = new Map([...all].map(([name, family]) => [name, make(name, family, registry)]));
  for (const [name, family] of all) for (const labels of zerosOf(family)) made.get(name)?.at(labels).inc?.(0);
  return {
    count: (name, labels = {}, many = 1) => made.get(name)?.at(labels).inc?.(many),
    move: (name, labels, by) => made.get(name)?.at(labels).inc?.(by),
    set(name, labels, to) {
      if (to === null || to === undefined) made.get(name)?.forget(labels);
      else made.get(name)?.at(labels).set?.(to);
    },
    time: (name, labels, seconds) => made.get(name)?.at(labels).observe?.(seconds),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** One line of a family, or the lines of one histogram. */
type Series = {
  readonly inc?: (by: number) => void;
  readonly set?: (to: number) => void;
  readonly observe?: (seconds: number) => void;
};

type Made = { readonly at: (labels: Labels) => Series; readonly forget: (labels: Labels) => void };

function make(name: string, family: Family, registry: Registry): Made {
  const settings = { name, help: family.help, labelNames: Object.keys(family.labels), registers: [registry] };
  if (family.is === "total") return kept(family, new Counter(settings));
  if (family.is === "level") return kept(family, new Gauge(settings));
  return kept(family, new Histogram({ ...settings, buckets: [...(family.upTo ?? [])] }));
}

type Metric = { labels: (labels: Record<string, string>) => Series; remove: (labels: Record<string, string>) => void };

/** Reads labels by their lists, and keeps one series for each combination that came up. */
function kept(family: Family, metric: Metric): Made {
  const lists = Object.entries(family.labels).map(([label, words]) => [label, new Set(words)] as const);
  const most = setsOf(family);
  const others = lists.map(() => other);
  const labelled = (words: readonly string[]) =>
    Object.fromEntries(lists.map(([label], at) => [label, words[at] ?? other]));
  const series = new Map<string, Series>();
  const add = (words: readonly string[]): Series => {
    const key = words.join(" ");
    const isRoom = series.size < most - 1 || words === others; // the last place is for all that are too many
    if (!isRoom) return series.get(others.join(" ")) ?? add(others);
    const one = metric.labels(labelled(words));
    series.set(key, one);
    return one;
  };
  const read = (given: Labels) =>
    lists.map(([label, words]) => {
      const word = given[label];
      return word !== undefined && words.has(word) ? word : other;
    });
  return {
    at(given) {
      const words = read(given);
      return series.get(words.join(" ")) ?? add(words);
    },
    forget(given) {
      const words = read(given);
      series.delete(words.join(" "));
      metric.remove(labelled(words));
    },
  };
}
