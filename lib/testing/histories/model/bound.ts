import { newWaiting } from "@/lib/testing/histories/model/counters";
import { levelOf } from "@/lib/testing/histories/model/enter";
import { showSet } from "@/lib/testing/histories/model/judge";
import { remember, tell } from "@/lib/testing/histories/model/letters";
import { isLiveSession } from "@/lib/testing/histories/model/people";
import { numbers } from "@/lib/testing/histories/model/rules";
import type {
  BoundKind,
  Factor,
  Key,
  Pending,
  Person,
  Session,
  State,
  StepSends,
} from "@/lib/testing/histories/model/state";
import { strongestOf } from "@/lib/testing/histories/model/ways";

/** Where a factor is begun: a session, or a login between its doors. */
export type Place = { pending: Pending[]; stepSends: Record<string, StepSends> };

export type Proven = {
  readonly pending: Pending;
  readonly lastStep: number;
  readonly key: Key | null;
  readonly place: Place;
};

/** The stamp rises, a replaced factor goes, unless its going waits (`letWait`), the first recovery codes come. Out: how many of them are shown. */
export function bind(
  state: State,
  person: Person,
  { pending, lastStep, key, place }: Proven,
  letWait: (() => unknown) | null = null,
): number {
  const { name, kind, to } = pending;
  if (key !== null) state.keys.push(name);
  const replaces = letWait === null ? pending.replaces : null;
  place.pending = place.pending.filter((one) => one !== pending);
  const factor: Factor = { name, kind, to, lastStep, key, boundAt: state.now, usedAt: state.now };
  person.factors.push(factor);
  letWait?.();
  tell(state, person, "factor.bound");
  if (to !== null) tellOthers(state, person, to);
  for (const one of person.factors.filter(({ name }) => name === replaces)) remember(state, person, one);
  person.factors = person.factors.filter((one) => one.name !== replaces);
  const shows = person.codes.length === 0 ? numbers.codesInSet : 0;
  if (shows > 0) showSet(state, person);
  resetIfBoundAnew(person, kind);
  return shows;
}

/** Whoever has bound the same address hears of it at their own. */
function tellOthers(state: State, person: Person, to: string): void {
  for (const other of state.people)
    if (other !== person && other.factors.some((one) => one.to === to))
      state.letters.push({ kind: "destination.shared", channel: "mail", to: other.email });
}

/** When all of a kind was bound after its last wrong answer, its counter starts from nought. */
export function resetIfBoundAnew(person: Person, kind: BoundKind): void {
  if (kind === "passkey") return;
  const held = person.factors.filter((one) => one.kind === kind);
  if (held.every(({ boundAt }) => boundAt > person.tries[kind].at)) person.tries[kind] = newWaiting();
}

/**
 * The security stamp rises: this session and its device go on, all other sessions end; a further factor leaves all devices known. Out: how many live
 * sessions ended.
 */
export function keepOnly(state: State, person: Person, kept: Session | null, isFurther = false): number {
  const others = person.sessions.filter((one) => one !== kept);
  const ends = others.filter((one) => isLiveSession(state, one)).length;
  const known = isFurther ? person.devices.filter(({ stamp }) => stamp === person.stamp) : [];
  person.stamp += 1;
  for (const device of known) device.stamp = person.stamp;
  for (const one of others) one.isOver = true;
  person.sessions = kept ? [kept] : [];
  if (kept) kept.stamp = person.stamp;
  if (kept?.device) kept.device.stamp = person.stamp;
  return ends;
}

type Noted = { readonly person: Person; readonly session: Session; readonly kind: BoundKind };

/** The binding is a proof, unless a stronger factor is held. */
export function noteProof(state: State, { person, session, kind }: Noted): void {
  if (strongestOf(person) !== kind) return;
  session.provenAt = state.now;
  session.provenWith = kind;
  if (levelOf(kind) === 2) session.level = 2;
}
