import { keepOnly, resetIfBoundAnew } from "@/lib/testing/histories/model/bound";
import { consumeWindow, isFull, newWaiting } from "@/lib/testing/histories/model/counters";
import { fresh, type Passed } from "@/lib/testing/histories/model/guard";
import { remember, tell } from "@/lib/testing/histories/model/letters";
import { isDemanded, isLiveDevice, newPerson, personAt } from "@/lib/testing/histories/model/people";
import { numbers, windows } from "@/lib/testing/histories/model/rules";
import { type Act, type Said, said } from "@/lib/testing/histories/model/said";
import type { Change, Factor, Person, Session, State } from "@/lib/testing/histories/model/state";
import { holds, isStrong, stands, strongestOf } from "@/lib/testing/histories/model/ways";

/** A code of an app, a number or a mailbox, beside a passkey that could have been asked for: whatever is dangerous waits then. */
const isProvenWeaker = (person: Person, { provenWith }: Session): boolean =>
  holds(person, "passkey") && (provenWith === "totp" || provenWith === "sms" || provenWith === "email");

/**
 * Would this one go as the last strong one that counts, of all or of those that can be asked for? Those of a week do, or the oldest where none is as old; each does where the account is younger.
 */
function takesLastStrong(state: State, person: Person, factor: Factor): boolean {
  const askable = person.factors.filter(({ kind }) => holds(person, kind));
  return [person.factors, askable].some((held) => takesLastOf(state, person, { held, factor }));
}

type Taking = { readonly held: readonly Factor[]; readonly factor: Factor };

function takesLastOf({ now }: State, person: Person, { held, factor }: Taking): boolean {
  const isOld = (moment: number) => moment + numbers.settled <= now;
  const strong = held.filter(isStrong);
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
  ask(state, passed, { kind: "factor.remove", factor: factor.name, next: null }, () => said("removed"));

/** None goes whose going leaves its person owing more. With the last one the recovery codes go. The last strong one mostly waits. */
export function removeFactor(state: State, at: number, name: string): Said {
  const passed = fresh(state, at, "factor.remove");
  if ("refusal" in passed) return passed.refusal;
  const { person, session } = passed;
  const factor = person.factors.find((one) => one.name === name);
  if (!factor) return said("gone");
  const left = person.factors.filter((one) => one !== factor);
  if (isDemanded(person) && person.factors.some(isStrong) && !left.some(isStrong))
    return said(left.some(stands) ? "needed" : "last one");
  const remove = () => said("removed", { ends: takeAway(state, person, factor, session) });
  if (!takesLastStrong(state, person, factor) && !isProvenWeaker(person, session)) return remove();
  return ask(state, passed, { kind: "factor.remove", factor: name, next: null }, remove);
}

/** Everything of a removal. Out: how many other sessions ended. */
function takeAway(state: State, person: Person, factor: Factor, kept: Session | null): number {
  person.factors = person.factors.filter((one) => one !== factor);
  if (person.factors.length === 0) Object.assign(person, { codes: [], unsaved: [] });
  resetIfBoundAnew(person, factor.kind);
  const ends = keepOnly(state, person, kept);
  tell(state, person, "factor.removed", [factor]);
  remember(state, person, factor);
  return ends;
}

export function askForData(state: State, { browser }: { readonly browser: number }): Said {
  const passed = fresh(state, browser, "data.download");
  if ("refusal" in passed) return passed.refusal;
  return ask(state, passed, { kind: "data.download", factor: null, next: null }, () => {
    tell(state, passed.person, "data.ready");
    return said("allowed");
  });
}

type Forgetting = { readonly browser: number; readonly next: number };

/** Another password without the current one, by somebody who holds a factor: it always waits. */
export function askForPassword(state: State, { browser, next }: Forgetting): Said {
  const passed = fresh(state, browser, "password.change");
  if ("refusal" in passed) return passed.refusal;
  if (passed.person.factors.length === 0) return said("no factor");
  if (next < 0) return said("too short");
  return ask(state, passed, { kind: "password.set", factor: null, next }, null);
}

/** Deleting the account always waits. Of administrators one must stay, and who else there is no history knows. */
export function askForDeletion(state: State, { browser }: { readonly browser: number }): Said {
  const passed = fresh(state, browser, "account.delete");
  if ("refusal" in passed) return passed.refusal;
  return ask(state, passed, { kind: "account.delete", factor: null, next: null }, null);
}

type Asked = Pick<Change, "kind" | "factor" | "next">;

/** At once on a settled device with the strongest proof, where the kind may be (`doIt`); else it waits, in the place of another one of its kind. */
function ask(state: State, passed: Passed, change: Asked, doIt: (() => Said) | null): Said {
  const { person, session } = passed;
  if (isFull(session.asks, windows.asks, state.now)) return said("start over");
  consumeWindow(session.asks, windows.asks, state.now);
  if (doIt !== null && isAtOnce(state, passed)) {
    person.changes = person.changes.filter(({ kind }) => kind !== change.kind);
    return doIt();
  }
  const before = person.changes.find(({ kind }) => kind === change.kind);
  const isSame = before?.askedIn === session && before.factor === change.factor;
  if (isSame && change.kind !== "password.set") return said("waits"); // of two hashes nobody can tell that they are of one password
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
  if (provenWith !== (person.factors.length === 0 ? "password" : strongestOf(person))) return false;
  const proving = person.factors.filter((one) => one.kind === provenWith && stands(one));
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

/** Another password: all that waits ends, and its counters begin anew. */
export function setPassword(state: State, person: Person, next: number): void {
  person.password = next;
  person.passwordAt = state.now;
  stopAll(state, person);
  person.wrongInRow = 0;
  person.strangers = newWaiting();
  person.tries.password = newWaiting();
}

/** Letters leave, and the runner looks: the wait of what was told begins, and what is due is done, or refused where it is not possible any more. */
export function lookForDue(state: State, index: number): Said {
  const person = personAt(state, index);
  const due = person.changes
    .filter((change) => isDue(change, state.now))
    .sort((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0) || one.kind.localeCompare(other.kind));
  for (const change of person.changes) change.dueAt ??= state.now + lengthOf(change);
  for (const change of due) {
    if (!person.changes.includes(change)) continue; // what was done before it has ended it
    person.changes = person.changes.filter((one) => one !== change);
    doDue(state, person, change);
  }
  return said("looked");
}

export const isDue = ({ dueAt }: Change, now: number): boolean => dueAt !== null && dueAt <= now;

const lengthOf = ({ kind }: Change) => (kind === "account.delete" ? numbers.deletionWaits : numbers.changeWaits);

function doDue(state: State, person: Person, { kind, factor: name, next }: Change): void {
  const factor = person.factors.find((one) => one.name === name);
  if (kind === "account.delete") leave(state, person);
  else if (kind === "data.download") tell(state, person, "data.ready");
  else if (factor) takeAway(state, person, factor, null);
  else if (next !== null) {
    setPassword(state, person, next);
    keepOnly(state, person, null);
    tell(state, person, "password.changed");
  } else tell(state, person, "change.refused");
}

/** The account goes with everything that counts against it, and with its letters; the farewell is nobody's. */
function leave(state: State, person: Person): void {
  keepOnly(state, person, null);
  for (const device of person.devices) device.isForgotten = true;
  const { index, email, isAdmin, isDemanded: own, isStrict, password, asked } = person;
  const beginning = { email, isAdmin, isDemanded: own, isStrict, factors: [], codes: [] };
  const { stamp } = person;
  Object.assign(person, newPerson(beginning, index, { now: state.now }), { password, asked, stamp, isGone: true });
  state.letters = [];
}
