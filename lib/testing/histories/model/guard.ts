import { openChallenge } from "@/lib/testing/histories/model/enter";
import { browserAt, isLiveSession, owes, personAt, touch } from "@/lib/testing/histories/model/people";
import { numbers } from "@/lib/testing/histories/model/rules";
import { type Said, type StepUpAction, said } from "@/lib/testing/histories/model/said";
import { sendFirst } from "@/lib/testing/histories/model/sends";
import { type Browser, boundKinds, type Person, type Session, type State } from "@/lib/testing/histories/model/state";
import { enoughBeside, strongestOf } from "@/lib/testing/histories/model/ways";

/** Somebody in a session, who may go on; or what they are told instead. */
export type Passed = { readonly browser: Browser; readonly person: Person; readonly session: Session };
export type Guarded = Passed | { readonly refusal: Said };

/** A session, also of somebody who still owes a factor. */
export function enrolling(state: State, at: number): Guarded {
  const browser = browserAt(state, at);
  touch(state, browser.session);
  const { session } = browser;
  if (!isLiveSession(state, session)) return { refusal: said("log in") };
  return { browser, session, person: personAt(state, session.owner) };
}

/** A session, and nothing is owed. */
export function signedIn(state: State, at: number): Guarded {
  const passed = enrolling(state, at);
  return "refusal" in passed || !owes(passed.person, passed.session) ? passed : { refusal: said("bind first") };
}

/** A proof of the last ten minutes, of the strongest kind; without one a step-up is begun, and nothing else is done. */
export function fresh(state: State, at: number, action: StepUpAction): Guarded {
  const passed = action === "factor.add" ? enrolling(state, at) : signedIn(state, at);
  if ("refusal" in passed || isFresh(passed.person, passed.session, state.now, action)) return passed;
  return { refusal: askForProof(state, passed, action) };
}

export function askForProof(state: State, { browser, person, session }: Passed, action: StepUpAction): Said {
  browser.challenge = openChallenge(state, person, {
    purpose: "STEP_UP",
    session,
    action,
    device: session.device,
    network: null,
  });
  sendFirst(state, browser.challenge);
  return said("prove");
}

/** A recovery code is as good as the strongest; where nothing is bound, any proof is. `action` null: whatever wants the most. */
export function isFresh(
  person: Person,
  { provenAt, provenWith }: Session,
  now: number,
  action: StepUpAction | null = null,
): boolean {
  if (provenAt + numbers.freshFor <= now) return false;
  if (person.factors.length === 0 || provenWith === "recovery") return true;
  const strongest = strongestOf(person);
  if (strongest === null) return false;
  if (enoughBeside(person, action).some((kind) => kind === provenWith)) return true;
  const asStrong: readonly string[] = boundKinds.slice(0, boundKinds.indexOf(strongest) + 1);
  return asStrong.includes(provenWith);
}
