import { randomBytes } from "node:crypto";
import "./check-node.mjs";

const { actionId } = await import("./bench/portal.mjs");
const { layOutCopy } = await import("./bench/trees.mjs");
const { ensureTools } = await import("./prepare.mjs");
const { openTwoPortals } = await import("./roll/two-portals.mjs");
const { crowd } = await import("./roll/crowd.mjs");
const { drillSteps } = await import("./roll/drill-steps.mjs");
const { say } = await import("./say.mjs");

/**
 * `npm run roll:keys`: takes the steps of docs/operate.md from its text, one by one, and does them on two portals, while people log in and bind addresses at both:
 * PORTAL_KEYS, then AUTH_SECRET. Then it does it in the wrong order, which must be refused. Exits 1 when somebody was signed out, was refused
 * who is right, or lost a form, or when a wrong order got in.
 */
const random = () => randomBytes(32).toString("base64");
const [k1, k2, k3] = [1, 2, 3].map((number) => `k${number}:${random()}`);
const [s1, s2, s3] = [random(), random(), random()];
const heldAtOnce = 4;

await ensureTools();
const copy = await layOutCopy();
const lists = { keys: [k1], secrets: [s1] };
const house = await openTwoPortals(copy, lists);
const names = ["logInAction", "answerAction", "beginEnrolmentAction", "confirmEnrolmentAction"];
house.actions = Object.fromEntries(names.map((name) => [name, actionId(copy, name)]));
const [first, second] = house.portals;
say(`Two portals: ${first.calledByOthers} and ${second.calledByOthers}, one address: ${house.portal.origin}.`);
let failed = 0;
const people = await crowd(house);

await step("the first start prints the set-up link, the second says where it stands", linkStandsOnce);
for (const { name, title, does } of drillSteps()) {
  if (title.startsWith("A day later")) {
    say("     a day later: whoever was signed in with the old secret has logged in again");
    await people.logAllIn();
  }
  await step(name, () => inOrder(does.map(asTyped)));
}
await step("wrong order: a key that only one portal knows to the front", refused({ keys: [k3, k2] }, 'the key "k3"'));
await step(
  "wrong order: a secret that only one portal knows to the front",
  refused({ secrets: [s3, s2] }, "the secret"),
);
await step("wrong order: a command with such a key", commandRefused);

await people.stop();
await house.close();
const { logins, enrolments, looks, held } = people.counts;
say(
  `In all: ${logins} logins, ${enrolments} addresses bound, ${looks} looks of twelve who were signed in, ${held} steps of people who were held back over a restart.`,
);
say(failed === 0 ? "Nobody was signed out, nobody refused, no form lost." : `${failed} steps failed.`);
process.exitCode = failed === 0 ? 0 : 1;

/** One step of the drill under load, with people between the doors and half-way through an enrolment before it, who go on after it. */
async function step(what, work) {
  const begun = performance.now();
  const before = { ...people.counts };
  const alreadyWrong = people.faults.length;
  const finish = await people.hold(heldAtOnce);
  const wrong = [];
  await Promise.resolve()
    .then(work)
    .catch((fault) => wrong.push(fault.message));
  await finish();
  wrong.push(...people.faults.slice(alreadyWrong));
  const told = Object.entries(people.counts).map(([name, count]) => `${count - before[name]} ${name}`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  say(`${wrong.length === 0 ? "ok  " : "FAIL"} ${what} (${seconds} s: ${told.join(", ")})`);
  const complaints = house.portals.flatMap(({ name, complaints }) => complaints().map((line) => `${name}: ${line}`));
  const losses = house.door.lost.splice(0);
  for (const why of new Set([...wrong, ...losses, ...(wrong.length > 0 ? complaints : [])])) say(`     ${why}`);
  if (wrong.length > 0) failed += 1;
}

async function linkStandsOnce() {
  const [printed, told] = ["/setup?link=", `The portal ${first.calledByOthers} has printed the link`];
  if (!first.firstWords.includes(printed)) throw new Error(`the first start said: ${first.firstWords}`);
  if (second.firstWords.includes(printed) || !second.firstWords.includes(told))
    throw new Error(`the second start said: ${second.firstWords}`);
}

/** Rewrites the env file of each portal and restarts it, one after the other: the next one when a load balancer has the last one back. */
function everywhere(change) {
  return async () => {
    Object.assign(lists, change);
    for (const portal of house.portals) await restart(portal, lists);
  };
}

async function restart(portal, settings) {
  portal.write(settings);
  await portal.stop();
  await portal.start();
  await house.door.untilReady(portal.port);
}

async function inOrder(works) {
  for (const work of works) await work();
}

/** What the page has for one step, done: a setting for every portal, or a command on one machine, which must end with 0. */
function asTyped({ setting, value, command }) {
  if (command !== undefined) return () => mustEndWell(command.split(" "));
  const of = setting === "PORTAL_KEYS" ? { old: k1, new: k2 } : { old: s1, new: s2 };
  const list = value.split(",").map((one) => of[one.includes("<old>") ? "old" : "new"]);
  return everywhere(setting === "PORTAL_KEYS" ? { keys: list } : { secrets: list });
}

async function mustEndWell(words) {
  const { code, output } = await first.command(...words);
  if (code !== 0) throw new Error(`${words.join(" ")} ended with ${code}: ${output}`);
  say(output.replace(/^/gm, "     "));
}

/** The second portal is started with lists that do not fit: it must end with a sentence that names the first one. Then it comes back as it was. */
function refused(change, about) {
  return async () => {
    second.write({ ...lists, ...change });
    await second.stop();
    const end = await second.start().catch((fault) => fault);
    await second.stop();
    second.write(lists);
    await second.start();
    await house.door.untilReady(second.port);
    judgeRefusal(end ?? { code: 0, message: "it started" }, about);
  };
}

async function commandRefused() {
  second.write({ ...lists, keys: [k3, k2] });
  const { code, output } = await second.command("people", "list");
  second.write(lists);
  judgeRefusal({ code, message: output }, 'the key "k3"', [first.calledByOthers, second.calledByOthers]);
}

/** `names`: the portals of which it may name any. A start is never judged against itself; a command is judged against both. */
function judgeRefusal({ code, message }, about, names = [first.calledByOthers]) {
  const sentence = message.split("\n").find((line) => line.includes("the order is")) ?? message;
  const isRight =
    code === 1 &&
    [about, "append the new"].every((word) => sentence.includes(word)) &&
    names.some((name) => sentence.includes(name));
  if (!isRight) throw new Error(`ended with ${code}: ${message}`);
  say(`     ${sentence}`);
}
