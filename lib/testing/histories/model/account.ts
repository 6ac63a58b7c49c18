import { keepOnly } from "@/lib/testing/histories/model/bound";
import { setPassword } from "@/lib/testing/histories/model/changes";
import {
  consumeWaiting,
  consumeWindow,
  heldUp,
  isFull,
  newWaiting,
  newWindow,
  opensIn,
} from "@/lib/testing/histories/model/counters";
import { consumeAccountTry, forget } from "@/lib/testing/histories/model/first-door";
import { enrolling, fresh, type Passed } from "@/lib/testing/histories/model/guard";
import { showSet } from "@/lib/testing/histories/model/judge";
import { tell, tellGathered } from "@/lib/testing/histories/model/letters";
import { numbers, strangersPassword, windows } from "@/lib/testing/histories/model/rules";
import { type Said, said } from "@/lib/testing/histories/model/said";
import { type BoundKind, guessedKinds, type Person, type State } from "@/lib/testing/histories/model/state";

/** Gives up what was begun; what is active stays. */
export function dropPending(state: State, at: number, kind: BoundKind): Said {
  const passed = enrolling(state, at);
  if ("refusal" in passed) return passed.refusal;
  passed.session.pending = passed.session.pending.filter((one) => one.kind !== kind);
  return said("dropped");
}

export function makeCodes(state: State, at: number): Said {
  const passed = fresh(state, at, "recovery.regenerate");
  if ("refusal" in passed) return passed.refusal;
  const { person } = passed;
  if (isFull(person.begins, windows.begins, state.now))
    return said("wait", { waits: opensIn(person.begins, windows.begins, state.now) });
  consumeWindow(person.begins, windows.begins, state.now);
  if (person.factors.length === 0) return said("gone");
  showSet(state, person);
  tell(state, person, "recovery.generated");
  return said("made", { shows: numbers.codesInSet });
}

/** The current password is asked even after a fresh proof, and consumed from the session's where a factor gave that proof. */
export function changePassword(state: State, at: number, { current, next }: { current: number; next: number }): Said {
  const passed = fresh(state, at, "password.change");
  if ("refusal" in passed) return passed.refusal;
  const { person, session } = passed;
  if (next < 0) return said("too short");
  const isRight = current === person.password;
  const refusal =
    person.factors.length > 0 ? judgeInSession(state, passed, isRight) : judgeAtAccount(state, passed, isRight);
  if (refusal) return refusal;
  if (current === next) return said("the same");
  setPassword(state, person, next);
  const ends = keepOnly(state, person, session);
  tell(state, person, "password.changed");
  return said("changed", { ends });
}

/** Five, then the session ends. */
function judgeInSession(state: State, { session }: Passed, isRight: boolean): Said | null {
  const { passwords } = session;
  consumeWindow(passwords, windows.sessionPasswords, state.now);
  if (isRight) session.passwords = newWindow();
  if (isRight) return null;
  if (passwords.count < windows.sessionPasswords.limit) return said("wrong");
  session.isOver = true;
  return said("logged out");
}

/** As at the first door: the device's counter, or the strangers'. */
function judgeAtAccount(state: State, { person, session }: Passed, isRight: boolean): Said | null {
  const { device } = session;
  const isOwn = device !== null && !device.isForgotten && !isFull(device.passwords, windows.deviceTries, state.now);
  if (device && !isOwn) forget(state, device, person);
  if (device && isOwn) consumeWindow(device.passwords, windows.deviceTries, state.now);
  else {
    const held = heldUp(person.strangers, strangersPassword, state.now);
    if (held !== 0) return said("wait", { waits: Number(held) });
    consumeWaiting(person.strangers, strangersPassword, state.now);
  }
  const use = consumeAccountTry(person, isOwn ? numbers.allInRow : numbers.strangersInRow);
  if (isRight && use.isUsable) {
    person.wrongInRow = 0;
    if (device && isOwn) device.passwords = newWindow();
    else person.strangers = newWaiting();
    return null;
  }
  if (use.closes) tell(state, person, "factor.closed");
  if (!isOwn && person.strangers.until > state.now) tellGathered(state, person, "password.waits");
  return said("wrong");
}

/** The operator ends all waits and the count of wrong passwords, not the cap of a binding. */
export function unlock(person: Person): Said {
  person.wrongInRow = 0;
  person.strangers = newWaiting();
  person.tries.password = newWaiting();
  for (const kind of guessedKinds) {
    person.tries[kind].fails = 0;
    person.tries[kind].until = 0;
  }
  return said("unlocked");
}
