import { tell } from "@/lib/testing/histories/model/letters";
import { numbers } from "@/lib/testing/histories/model/rules";
import type { Code, Signed } from "@/lib/testing/histories/model/said";
import type { Challenge, Kind, Person, State } from "@/lib/testing/histories/model/state";
import { stands } from "@/lib/testing/histories/model/ways";

/** `spend`: what a right answer uses up; out: how many recovery codes are shown for it. */
export type Verdict =
  | { readonly is: "wrong" | "used" | "unverified" }
  | { readonly is: "right"; readonly spend: (state: State) => number };

type Asked = { readonly person: Person; readonly challenge: Challenge; readonly kind: Kind };

const wrong: Verdict = { is: "wrong" };

/** Is this code right, for this person, at this challenge, now? */
export function judge(state: State, asked: Asked, code: Code): Verdict {
  if (typeof code === "string") return wrong;
  if ("app" in code) return asked.kind === "totp" ? judgeApp(state, asked.person, code) : wrong;
  if ("sent" in code) return judgeSent(state, asked, code.sent);
  if ("key" in code)
    return asked.kind === "passkey" && code.here ? judgeKey(state, asked.person, code, asked.challenge) : wrong;
  if ("saved" in code) return asked.kind === "recovery" ? judgeSaved(asked, code.saved) : wrong;
  const isRight = asked.kind === "password" && code.password === asked.person.password;
  return isRight ? { is: "right", spend: () => 0 } : wrong;
}

export const stepAt = (now: number): number => Math.floor(now / numbers.step);

/** This step's code, the one before and the one after; each app takes only a later one than its last. */
function judgeApp(
  state: State,
  person: Person,
  { app, step }: { readonly app: string; readonly step: number },
): Verdict {
  const factor = person.factors.find(({ name }) => name === app);
  if (factor?.kind !== "totp" || Math.abs(step - stepAt(state.now)) > 1) return wrong;
  if (step <= factor.lastStep) return { is: "used" };
  const spend = (now: State) => {
    factor.lastStep = step;
    factor.usedAt = now.now;
    return 0;
  };
  return { is: "right", spend };
}

/**
 * Looked up among what this person holds. A fresh proof wants its person verified where they were when it was bound. What it counts must be later than the last time, unless it counts nothing: one that cannot be copied
 * is refused else, one that can is taken, and its owner hears of both.
 */
export function judgeKey(
  state: State,
  person: Person,
  { key: name, counter, verified }: Omit<Signed, "here">,
  { purpose }: Pick<Challenge, "purpose">,
): Verdict {
  const factor = person.factors.find((one) => one.name === name);
  const key = factor?.key ?? null;
  if (!factor || key === null || (purpose !== "LOGIN" && !stands(factor))) return wrong;
  if (purpose === "STEP_UP" && key.verifies && !verified) return { is: "unverified" };
  const isBehind = (key.counter > 0 || counter > 0) && counter <= key.counter;
  if (isBehind) tell(state, person, "passkey.counter_behind");
  if (isBehind && !key.isSynced) return wrong;
  const spend = (now: State) => {
    key.counter = Math.max(key.counter, counter);
    if (key.isUnasked && purpose === "LOGIN" && verified) Object.assign(key, { isUnasked: false, verifies: true }); // it has served: both doors from now on
    factor.usedAt = now.now;
    return 0;
  };
  return { is: "right", spend };
}

/** Good for its own challenge and kind, once, and for its minutes; every code of the step that was sent counts. */
function judgeSent(state: State, { person, challenge, kind }: Asked, place: number): Verdict {
  const code = state.sent[place];
  if (!code || code.kind !== kind || code.challenge !== challenge || code.isSpent || code.until <= state.now)
    return wrong;
  const factor = person.factors.find(({ name }) => name === code.factor);
  if (!factor) return wrong;
  const spend = (now: State) => {
    code.isSpent = true;
    factor.usedAt = now.now;
    return 0;
  };
  return { is: "right", spend };
}

/** Each once; another one takes its place and is shown. Whoever uses one has saved what was shown with it; of the other one a page asks that, and an app does not. */
function judgeSaved({ person, challenge }: Asked, saved: string): Verdict {
  if (!person.codes.includes(saved)) return wrong;
  const spend = (state: State) => {
    person.codes = person.codes.filter((one) => one !== saved);
    person.unsaved = person.unsaved.filter((shown) => !shown.includes(saved));
    const other = newCode(state);
    person.codes.push(other);
    if (challenge.app === null) person.unsaved.push([other]);
    tell(state, person, "recovery.used");
    return 1;
  };
  return { is: "right", spend };
}

/** A whole set in the place of the codes that they had. */
export function showSet(state: State, person: Person): void {
  person.codes = Array.from({ length: numbers.codesInSet }, () => newCode(state));
  person.unsaved = [[...person.codes]];
}

/** The name of the next recovery code: both sides count in the order in which they are shown. */
function newCode(state: State): string {
  state.saved += 1;
  return `r${state.saved}`;
}
