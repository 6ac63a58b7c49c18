import { ratios, spreadOf } from "./spread.mjs";

/**
 * Every figure of a run beside what it is held against. In: the run's results, as the JSON file has them. Out: rows with what was measured in words, the
 * value with its spread over the rounds, `required` (the worst that is taken), `goal` (what we want; both null where a figure is only told), and which of them is reached.
 */
export function figures(results) {
  const { taken, beside } = results;
  const read = (tree, step, value) => (taken[tree][step] ?? []).map(value);
  return [
    ...pageFigures(read),
    ...beside.flatMap(({ name }) => besideFigures(read, name)),
    ...loginFigures(read),
    ...verifyFigures(read),
    ...visitFigures(read),
    ...startFigures(results),
  ];
}

const portal = ({ cpu }) => cpu.portal;
const both = ({ cpu }) => cpu.portal + cpu.database;
const rate = ({ perSecond }) => perSecond;
const ms = (values) => `${tell(spreadOf(values).median)} ms`;
const perSecond = (values) => `${tell(spreadOf(values).median, 1)}/s`;

function pageFigures(read) {
  const blank = read("blank", "page", portal);
  const row = (what, step, required, goal) => {
    const values = read("here", step, portal);
    return atMost({
      what,
      measured: ms(values),
      against: `${ms(blank)} blank page`,
      values: ratios(values, blank),
      required,
      goal,
    });
  };
  const [p50, p95] = [read("here", "security", (one) => one.p50), read("here", "security", (one) => one.p95)];
  return [
    row("Security page, CPU", "security", 2.7, 2.4),
    atMost({
      what: "Security page, p95 at 16 clients",
      measured: ms(p95),
      against: `${ms(p50)} p50`,
      values: ratios(p95, p50),
      required: 2,
      goal: 2,
    }),
    row("Lightest guarded page, CPU", "guarded", 1.9, 1.7),
  ];
}

/** Against an earlier commit, measured by turns with it. */
function besideFigures(read, name) {
  const row = (what, step, value, [required, goal]) => {
    const [now, then] = [read("here", step, value), read(name, step, value)];
    return atMost({
      what,
      measured: ms(now),
      against: `${ms(then)} at ${name}`,
      values: ratios(now, then),
      required,
      goal,
    });
  };
  return [
    row("Login with its pages, CPU", "fullLogin", portal, [0.83, 0.78]),
    row("Login with its pages, CPU of the database", "fullLogin", ({ cpu }) => cpu.database, told),
    row("Verify by action, CPU", "verify", portal, [0.96, 0.92]),
    row("Verify by action, CPU with the database", "verify", both, told),
    row("Password step, CPU of the main thread", "login", ({ cpu }) => cpu.main, [0.85, 0.75]),
    row("Password step, CPU with hash and database", "login", both, told),
    row("Files of a first visit, CPU", "cold", ({ cpu }) => cpu.files, [0.14, 0.07]),
  ];
}

function verifyFigures(read) {
  const [verify, api, blank] = [read("here", "verify", rate), read("here", "api", rate), read("blank", "action", rate)];
  const [p50, p99] = [read("here", "verify", (one) => one.p50), read("here", "verify", (one) => one.p99)];
  const isEnough = !p99.includes(null);
  const whole = read("here", "verify", both);
  return [
    atMost({
      what: "Verify by action, p99 at 16 clients",
      measured: isEnough ? ms(p99) : "too few answers",
      against: `${ms(p50)} p50`,
      values: isEnough ? ratios(p99, p50) : [],
      required: 2.2,
      goal: 2.2,
    }),
    rateFigure("Verify by action", verify, [blank, "blank action"], [0.15, 0.22]),
    atMost({
      what: "Verify by action, CPU with the database in ms",
      measured: ms(whole),
      against: `${ms(read("blank", "action", portal))} blank action`,
      values: whole,
      required: 10.4,
      goal: 7,
    }),
    rateFigure("Verify through the API", api, [verify, "by action"], [1.3, 1.3]),
  ];
}

function loginFigures(read) {
  const requests = read("here", "fullLogin", (one) => one.requests);
  const steps = ["crowd", "api", "verify", "login", "fullLogin", "security", "guarded"];
  const failed = steps.flatMap((step) => read("here", step, (one) => one.failed)).reduce((all, one) => all + one, 0);
  return [
    atMost({
      what: "Requests of a login",
      measured: tell(spreadOf(requests).median, 0),
      against: "the wanted page not counted",
      values: requests,
      required: 4,
      goal: 4,
    }),
    rateFigure(
      "Password step",
      read("here", "login", rate),
      [read("here", "argon2", rate), "argon2id alone"],
      [0.49, 0.8],
    ),
    atMost({
      what: "Failures, 50 clients among them",
      measured: `${failed}`,
      against: "none",
      values: [failed],
      required: 0,
      goal: 0,
    }),
  ];
}

const rateFigure = (what, some, [others, name], [required, goal]) =>
  atLeast({
    what: `${what}, answers a second`,
    measured: perSecond(some),
    against: `${perSecond(others)} ${name}`,
    values: ratios(some, others),
    required,
    goal,
  });

function visitFigures(read) {
  const row = (what, step, value, against, [required, goal]) => {
    const kB = read("here", step, (one) => value(one) / 1000);
    return atMost({ what, measured: `${tell(kB[0], 1)} kB`, against, values: kB, required, goal });
  };
  const script = ({ script: bytes }) => bytes;
  const count = read("here", "cold", ({ files }) => files)[0];
  return [
    row(
      "First visit of the login page, bodies",
      "cold",
      ({ all }) => all,
      `${count} files and the page, br`,
      [135, 129],
    ),
    row("First visit of the login page, script", "cold", script, "br", [125, 119]),
    row("First visit of the challenge page, script", "challenge", script, "br", told),
  ];
}

function startFigures({ starts, own, opened, loaded }) {
  const time = (all) => all.map((one) => one.ms);
  const seconds = (all) => `${tell(spreadOf(time(all)).median / 1000)} s`;
  const mib = starts.here.map((one) => one.mib);
  const against = `${seconds(starts.blank)} blank app`;
  const row = (what, all, [required, goal]) =>
    atMost({ what, measured: seconds(all), against, values: ratios(time(all), time(starts.blank)), required, goal });
  const weight = (what, values, [required, goal], after) =>
    atMost({ what, measured: `${tell(spreadOf(values).median, 1)} MiB`, against: after, values, required, goal });
  return [
    row("Start to the first page, database running", starts.here, [2, 1.6]),
    row("Start to the first page, with its own database", own, told),
    cpuOfStart(starts),
    weight("Memory after the first page", mib, [118, 105], "resident"),
    weight("Memory after all rounds", [loaded], [341, 300], "resident"),
    weight("Standalone folder", [opened.here.mib], [40, 30], "as deployed"),
  ];
}

function cpuOfStart({ here, blank }) {
  const [values, others] = [here, blank].map((all) => all.map(({ cpu }) => cpu));
  const what = "CPU until the first page";
  return atMost({
    what,
    measured: ms(values),
    against: `${ms(others)} blank app`,
    values: ratios(values, others),
    required: null,
    goal: null,
  });
}

const told = [null, null];
/** A number for the eye. */
export const tell = (value, digits = 2) => value.toFixed(digits);

const atMost = (row) => judged(row, (value, bound) => value <= bound);
const atLeast = (row) => judged(row, (value, bound) => value >= bound);

/** The middle of the rounds decides. */
function judged({ values, ...row }, reaches) {
  if (values.length === 0 || row.goal === null)
    return { ...row, value: values.length === 0 ? null : spreadOf(values), reached: "told" };
  const value = spreadOf(values);
  const reached = reaches(value.median, row.goal)
    ? "goal"
    : reaches(value.median, row.required)
      ? "required"
      : "missed";
  return { ...row, value, reached };
}
