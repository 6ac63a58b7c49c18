import { keepOnly, resetIfBoundAnew } from "@/lib/testing/histories/model/bound";
import { consumeWindow, isFull, opensIn } from "@/lib/testing/histories/model/counters";
import { fresh, type Passed } from "@/lib/testing/histories/model/guard";
import { remember, tell } from "@/lib/testing/histories/model/letters";
import { isDemanded, isLiveDevice, personAt } from "@/lib/testing/histories/model/people";
import { hour, numbers, windows } from "@/lib/testing/histories/model/rules";
import { type Act, type Said, said } from "@/lib/testing/histories/model/said";
import type { Change, Factor, Person, Session, State } from "@/lib/testing/histories/model/state";
import { strongestOf } from "@/lib/testing/histories/model/ways";

const isStrong = ({ kind }: Factor) => kind !== "email";

/**
 * Would this one go as the last strong one that counts? Those of a week do, or the oldest where none is as old; each does where the account is younger.
 */
function takesLastStrong({ now }: State, person: Person, factor: Factor): boolean {
  const isOld = (moment: number) => moment + numbers.settled <= now;
  const strong = person.factors.filter(isStrong);
  const old = strong.filter(({ boundAt }) => isOld(boundAt));
  const first = Math.min(...strong.map(({ boundAt }) => boundAt));
  const fallback = isOld(person.madeAt) ? strong.filter(({ boundAt }) => boundAt === first) : strong;
  const counting = old.length > 0 ? old : fallback;
  return counting.length > 0 && counting.every((one) => one === factor);
}

/** Would it go on working, if another was put in its place in this session? Where the account is younger than a week that one counts at once. */
export const staysAWhile = (state: State, passed: Passed, factor: Factor): boolean =>
  passed.person.madeAt + numbers.settled <= state.now &&
  takesLastStrong(state, passed.person, factor) &&
  !isAtOnce(state, passed);

/** Its going waits, as its removal would. */
export const letWait = (state: State, passed: Passed, factor: Factor): Said =>
  ask(state, passed, { kind: "factor.remove", factor: factor.name }, () => said("removed"));

/** None goes whose going leaves its person owing more. With the last one the recovery codes go. The last strong one mostly waits. */
export function removeFactor(state: State, at: number, name: string): Said {
  const passed = fresh(state, at, "factor.remove");
  if ("refusal" in passed) return passed.refusal;
  const { person, session } = passed;
  const factor = person.factors.find((one) => one.name === name);
  if (!factor) return said("gone");
  const left = person.factors.filter((one) => one !== factor);
  if (isDemanded(person) && person.factors.some(isStrong) && !left.some(isStrong))
    return said(left.length === 0 ? "last one" : "needed");
  const remove = () => said("removed", { ends: takeAway(state, person, factor, session) });
  if (!takesLastStrong(state, person, factor)) return remove();
  return ask(state, passed, { kind: "factor.remove", factor: name }, remove);
}

/** Everything of a removal. Out: how many other sessions ended. */
function takeAway(state: State, person: Person, factor: Factor, kept: Session | null): number {
  person.factors = person.factors.filter((one) => one !== factor);
  if (person.factors.length === 0) person.codes = [];
  resetIfBoundAnew(person, factor.kind);
  const ends = keepOnly(state, person, kept);
  tell(state, person, "factor.removed", [factor]);
  remember(state, person, factor);
  return ends;
}

export function askForData(state: State, { browser }: { readonly browser: number }): Said {
  const passed = fresh(state, browser, "data.download");
  if ("refusal" in passed) return passed.refusal;
  return ask(state, passed, { kind: "data.download", factor: null }, () => {
    tell(state, passed.person, "data.ready");
    return said("allowed");
  });
}

/** At once on a settled device with the strongest proof; else it waits, in the place of another one of its kind. */
function ask(state: State, passed: Passed, change: Pick<Change, "kind" | "factor">, doIt: () => Said): Said {
  const { person, session } = passed;
  if (isFull(session.asks, windows.asks, state.now))
    return said("wait", { waits: opensIn(session.asks, windows.asks, state.now) });
  consumeWindow(session.asks, windows.asks, state.now);
  if (isAtOnce(state, passed)) {
    person.changes = person.changes.filter(({ kind }) => kind !== change.kind);
    return doIt();
  }
  const before = person.changes.find(({ kind }) => kind === change.kind);
  if (before && before.askedIn === session && before.factor === change.factor) return said("waits");
  person.changes = [...person.changes.filter((one) => one !== before), { ...change, askedIn: session, dueAt: null }];
  if (!person.asked.includes(change.kind)) person.asked.push(change.kind);
  tell(state, person, "change.waits");
  return said("waits");
}

/** A device that was known before this login and for a week, a password of a week, and a proof after the login by a factor of a week. */
function isAtOnce({ now }: State, { person, session }: Passed): boolean {
  const isOld = (moment: number) => moment + numbers.settled <= now;
  const { device, openedAt, provenAt, provenWith } = session;
  if (!isLiveDevice(device, person, now) || device.since >= openedAt) return false;
  if (!isOld(device.since) || !isOld(person.passwordAt)) return false;
  if (provenAt <= openedAt || provenAt + numbers.freshFor <= now) return false;
  if (provenWith !== (strongestOf(person) ?? "password")) return false;
  const proving = person.factors.filter(({ kind }) => kind === provenWith);
  return proving.every(({ boundAt }) => isOld(boundAt)) || !isOld(person.madeAt);
}

type Vetoing = Extract<Act, { readonly do: "veto" }>;

/** The owner stops one in a session with a fresh proof; somebody else's reads like one that is over. */
export function veto(state: State, { browser, person: whose, kind }: Vetoing): Said {
  const passed = fresh(state, browser, "change.veto");
  if ("refusal" in passed) return passed.refusal;
  return passed.person.index === whose ? stop(state, passed.person, kind) : said("gone");
}

export const vetoByLink = (state: State, { person, kind }: Pick<Vetoing, "person" | "kind">): Said =>
  stop(state, personAt(state, person), kind);

function stop(state: State, person: Person, kind: Change["kind"]): Said {
  if (!person.changes.some((one) => one.kind === kind)) return said("gone");
  person.changes = person.changes.filter((one) => one.kind !== kind);
  tell(state, person, "change.stopped");
  return said("stopped");
}

/** A new password ends all that waits. */
export function stopAll(state: State, person: Person): void {
  for (const { kind } of [...person.changes]) stop(state, person, kind);
}

/** Letters leave, and the runner looks: the wait of what was told begins, and what is due is done, or refused where it is not possible any more. */
export function lookForDue(state: State, index: number): Said {
  const person = personAt(state, index);
  const due = person.changes
    .filter(({ dueAt }) => dueAt !== null && dueAt <= state.now)
    .sort((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0) || one.kind.localeCompare(other.kind));
  for (const change of person.changes) change.dueAt ??= state.now + 24 * hour;
  for (const change of due) {
    person.changes = person.changes.filter((one) => one !== change);
    const factor = person.factors.find(({ name }) => name === change.factor);
    if (change.kind === "data.download") tell(state, person, "data.ready");
    else if (factor) takeAway(state, person, factor, null);
    else tell(state, person, "change.refused");
  }
  return said("looked");
}
