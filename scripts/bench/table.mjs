import { writeFileSync } from "node:fs";
import { figures, tell } from "./figures.mjs";
import { ratios, spreadOf } from "./spread.mjs";

/** A Markdown table. */
const tableOf = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const spread = ({ median, least, most }, digits = 2) =>
  `${tell(median, digits)} (${tell(least, digits)}–${tell(most, digits)})`;

/** The table of a run's figures; written with the machine described to `file`, unless that is null. */
export function writeTable(results, file) {
  const table = tableOf(
    ["figure", "measured", "beside", "value (spread)", "required", "goal", "reached"],
    figures(results).map(({ what, measured, against, value, required, goal, reached }) => [
      what,
      measured,
      against,
      value === null ? "–" : spread(value),
      required ?? "–",
      goal ?? "–",
      reached,
    ]),
  );
  const details = tableOf(
    [
      "load",
      "of",
      "n",
      "answers/s",
      "p50 ms",
      "p95 ms",
      "p99 ms",
      "CPU portal ms",
      "main thread ms",
      "database ms",
      "failed",
    ],
    Object.entries(results.taken).flatMap(([tree, steps]) => Object.entries(steps).map(detail(tree)).filter(Boolean)),
  );
  if (file !== null) writeFileSync(file, pageOf(results, table, details));
  return `${table}\n\n${details}`;
}

/** One load of one tree; nothing for what is no load. */
function detail(tree) {
  return ([step, rounds]) => {
    if (rounds[0].cpu === undefined) return null;
    const of = (value, digits = 1) => {
      const values = rounds.map(value);
      return values.some((one) => one === undefined || one === null) ? "–" : spread(spreadOf(values), digits);
    };
    return [
      step,
      tree,
      rounds[0].n,
      of((one) => one.perSecond),
      of((one) => one.p50, 0),
      of((one) => one.p95, 0),
      of((one) => one.p99, 0),
      of(({ cpu }) => cpu.portal ?? cpu.files, 2),
      of(({ cpu }) => cpu.main, 2),
      of(({ cpu }) => cpu.database, 2),
      rounds.reduce((all, one) => all + (one.failed ?? 0), 0),
    ];
  };
}

/** What growth does: the large house beside the small one, load by load. */
export function growthTable({ houses, taken }) {
  const rows = Object.entries(taken).map(([kind, { small, large }]) => {
    const of = (value) => spread(spreadOf(ratios(large.map(value), small.map(value))));
    const ms = (rounds) => `${tell(spreadOf(rounds.map(({ cpu }) => cpu.portal + cpu.database)).median)} ms`;
    const failed = [...small, ...large].reduce((all, one) => all + one.failed, 0);
    return [
      kind,
      ms(small),
      ms(large),
      of(({ cpu }) => cpu.portal + cpu.database),
      of(({ cpu }) => cpu.database),
      of((one) => one.p50),
      failed,
    ];
  });
  const of = (people) => `CPU, ${people} people`;
  return tableOf(
    ["load", of(houses.small), of(houses.large), "ratio of CPU", "of the database's CPU", "of p50", "failed"],
    rows,
  );
}

/** The soak, minute by minute, and as a whole. */
export function soakTable({ each, whole, memory, clients }) {
  const row = (name, one) => [name, ...[one.p50, one.p95, one.p99].map((ms) => tell(ms, 0))];
  const table = tableOf(
    ["minute", "p50 ms", "p95 ms", "p99 ms", "answers/s", "failed", "MiB"],
    [
      ...each.map((one, at) => [...row(at + 1, one), tell(one.perSecond, 1), one.failed, tell(one.mib, 0)]),
      [
        ...row("all", whole),
        tell(whole.n / (60 * each.length), 1),
        each.reduce((all, one) => all + one.failed, 0),
        "–",
      ],
    ],
  );
  return `${table}\n\n${clients} clients, ${whole.n} answers; resident ${tell(memory.begin, 0)} MiB at the beginning, ${tell(memory.end, 0)} at the end.`;
}

const pageOf = ({ machine, at, rounds, beside }, table, details) => `# Benchmark

\`npm run bench -- --publish\` writes this page. Portal, PostgreSQL (built in, durable settings) and load generator share one machine, so the
figures are floors. Closed loop over loopback, 16 clients (\`crowd\`: 50), ${rounds} round${rounds === 1 ? "" : "s"}; each figure is the median of the rounds, with the least and the most in brackets.
In every round all take turns: a ratio is made of two that were measured one after the other.

Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Linux ${machine.kernel}, Node ${machine.node}. Measured ${at.slice(0, 10)}.

${table}

Where the time goes that a figure lacks: [where-the-time-goes.md](where-the-time-goes.md). What a renovation cost, both ends of it in one run: [0044](decisions/0044-every-ratio-to-a-blank-app.md).

What the figures are held against: the *blank app* is a Next app of its own with one page and one action, built and started as the portal is (\`scripts/bench/blank\`);
*argon2id alone* is the hash (19 MiB, 2, 1) on all cores with nothing else running${beside.length > 0 ? `; ${beside.map(({ name }) => `\`${name}\``).join(" and ")}: the commit of that name, built and measured beside` : ""}.
CPU is what the portal's process used, threads that hash among it, for one answer; the *main thread* is Node's own, without them; the database is all its processes.
A *first visit* fetches the page and every file that it names on six new lines, as a browser does; its CPU is the files'.

${details}
`;
