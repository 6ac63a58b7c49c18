import {
  consumeWaiting,
  consumeWindow,
  heldUp,
  isFull,
  refundWaiting,
  type Waiting,
  type Window,
} from "@/lib/testing/histories/model/counters";
import { type Between, claim, isOpen, levelOf, nothing } from "@/lib/testing/histories/model/enter";
import { forget } from "@/lib/testing/histories/model/first-door";
import { judge } from "@/lib/testing/histories/model/judge";
import { tell, tellGathered } from "@/lib/testing/histories/model/letters";
import { browserAt, isLiveSession, personAt, touch } from "@/lib/testing/histories/model/people";
import { spendLink } from "@/lib/testing/histories/model/resets";
import { guessable, numbers, passwordAsProof, type WaitingRule, windows } from "@/lib/testing/histories/model/rules";
import { type Code, type Said, said } from "@/lib/testing/histories/model/said";
import { sendFirst } from "@/lib/testing/histories/model/sends";
import type { Browser, Challenge, GuessedKind, Kind, Person, State } from "@/lib/testing/histories/model/state";
import { holdsAtLogin, waysOf } from "@/lib/testing/histories/model/ways";

type Answering = { readonly browser: number; readonly kind: Kind; readonly code: Code; readonly trusts: boolean };
type Scene = {
  readonly browser: Browser;
  readonly person: Person;
  readonly challenge: Challenge;
  readonly kind: Kind;
  readonly trusts: boolean;
};
type Counter = GuessedKind | "password";

/** An answer between the doors, or at a step-up: find, read, consume a try, judge, grant. */
export function answer(state: State, { browser: at, ...answering }: Answering, between: Between): Said {
  return answerAt(state, browserAt(state, at), answering, between);
}

/** The same in any browser. */
export function answerAt(
  state: State,
  browser: Browser,
  { kind, code, trusts }: Omit<Answering, "browser">,
  between: Between = nothing,
): Said {
  touch(state, browser.session);
  const { challenge } = browser;
  if (challenge === null) return said("over");
  const person = personAt(state, challenge.owner);
  if (!isOpen(state, person, challenge)) return said("over");
  const isStepUp = challenge.session !== null;
  if (isStepUp && !(isLiveSession(state, browser.session) && browser.session === challenge.session))
    return said("over");
  if (code === "malformed") return said("malformed");
  const scene = { browser, person, challenge, kind, trusts };
  const may = mayAnswer(scene);
  const counter = may && kind !== "recovery" && kind !== "passkey" ? kind : null;
  if (challenge.tries <= 0) return said("over");
  if (counter !== null) {
    const refusal = consumeCounter(state, scene, counter);
    if (refusal) return refusal;
  }
  challenge.tries -= 1;
  if (challenge.session) challenge.session.failures += 1;
  between("before it is judged");
  if (!isOpen(state, person, challenge)) return said("over");
  const verdict = may ? judge(state, scene, code) : { is: "wrong" as const };
  if (verdict.is === "right") return granted(state, scene, verdict.spend, between);
  if (verdict.is === "used" && counter !== null) refund(scene, counter);
  return refused(state, scene, verdict.is);
}

/** At a login whatever is held may answer; a fresh proof asks for the strongest. */
function mayAnswer({ person, challenge, kind }: Scene): boolean {
  if (challenge.purpose !== "LOGIN") return waysOf(person, challenge).includes(kind);
  if (kind === "password") return false;
  return kind === "recovery" ? person.codes.length > 0 : holdsAtLogin(person, kind);
}

const ruleOf = (kind: Counter): WaitingRule => (kind === "password" ? passwordAsProof : guessable);

/** A known device consumes of its own ten and of the cap of the binding; everybody else of the account's counter with its waits. */
function consumeCounter(state: State, { person, challenge }: Scene, counter: Counter): Said | null {
  const tries = person.tries[counter];
  const { device } = challenge;
  if (device !== null) {
    const own = device.tries[counter];
    if (!isFull(own, windows.deviceTries, state.now)) {
      if (tries.life >= numbers.capOfBinding) return said("closed");
      consumeDevice(state, own, tries);
      challenge.consumed.push({ counter, by: "device" });
      return null;
    }
  }
  const rule = ruleOf(counter);
  const held = heldUp(tries, rule, state.now);
  if (held === "closed") return said("closed");
  if (held > 0) return said("wait", { waits: held });
  consumeWaiting(tries, rule, state.now);
  challenge.consumed.push({ counter, by: "strangers" });
  if (device !== null) forget(state, device, person);
  return null;
}

function consumeDevice(state: State, own: Window, tries: Person["tries"][Counter]): void {
  consumeWindow(own, windows.deviceTries, state.now);
  tries.life += 1;
  tries.at = state.now;
}

/** A right code that was used before costs the challenge a try, not the factor. */
function refund({ person, challenge }: Scene, counter: Counter): void {
  const last = challenge.consumed.pop();
  const { device } = challenge;
  if (last?.by !== "device" || device === null) {
    refundWaiting(person.tries[counter]);
    return;
  }
  const own = device.tries[counter];
  own.count = Math.max(own.count - 1, 0);
  person.tries[counter].life = Math.max(person.tries[counter].life - 1, 0);
}

function refused(state: State, scene: Scene, word: "wrong" | "used" | "unverified"): Said {
  const { person, challenge } = scene;
  const left = Math.min(challenge.tries, numbers.triesOfSession - (challenge.session?.failures ?? 0));
  if (left <= 0) challenge.isOver = true;
  if (left <= 0 && challenge.session) challenge.session.isOver = true;
  if (word === "wrong") tellClosed(state, scene);
  if (word === "wrong" && challenge.purpose === "LOGIN" && wrongSteps(scene) >= numbers.wrongStepsTold)
    tellGathered(state, person, "second_step.wrong");
  return said(word, left === 1 ? { last: true } : {});
}

/** The last try that a binding's cap allows, of strangers or of all, is told once. */
function tellClosed(state: State, { person, challenge, kind }: Scene): void {
  if (kind === "recovery" || kind === "passkey" || challenge.consumed.at(-1)?.counter !== kind) return;
  const { fails, life } = person.tries[kind];
  const rule = ruleOf(kind);
  const isStranger = challenge.consumed.at(-1)?.by === "strangers";
  const closesStrangers = (rule.life > 0 && life === rule.life) || (isStranger && fails === rule.inRow);
  if (closesStrangers || (!isStranger && life === numbers.capOfBinding)) tell(state, person, "factor.closed");
}

/** Wrong answers of this login, or of its kind since the last success: strangers' together, or this device's own. */
function wrongSteps({ person, challenge, kind }: Scene): number {
  const here = numbers.triesOfChallenge - challenge.tries;
  if (kind === "recovery" || kind === "passkey" || kind === "password" || challenge.consumed.at(-1)?.counter !== kind)
    return here;
  const own = challenge.device?.tries[kind].count ?? 0;
  return Math.max(here, person.tries[kind].fails, own);
}

type Spend = (state: State) => number;

function granted(state: State, scene: Scene, spend: Spend, between: Between): Said {
  const { browser, person, challenge, kind, trusts } = scene;
  if (kind === "password" && person.factors.length > 0) return half(state, scene);
  if (challenge.purpose === "RESET" && !spendLink(state, person, challenge))
    return said("over", challenge.tries === 1 ? { last: true } : {});
  const shows = spend(state);
  reset(scene);
  challenge.isOver = true;
  if (challenge.purpose === "RESET") {
    challenge.reset = { provenWith: kind, until: state.now + numbers.resetChoose, isSet: false };
    return said("choose", shows > 0 ? { shows } : {});
  }
  const gap = challenge.app === null ? between : nothing; // an app's answer and its session are one transaction
  if (challenge.purpose === "LOGIN") return claim(state, { browser, person, challenge, kind, shows, trusts }, gap);
  const { session } = challenge;
  if (session) {
    session.provenAt = state.now;
    session.provenWith = kind;
    session.failures = 0;
    session.seenAt = state.now;
    if (levelOf(kind) === 2) session.level = 2;
  }
  browser.challenge = null;
  return said("proven", shows > 0 ? { shows } : {});
}

/** The password, beside a code by e-mail: the challenge goes on with its other half. */
function half(state: State, scene: Scene): Said {
  const { challenge } = scene;
  challenge.isHalf = true;
  reset(scene);
  if (challenge.session) challenge.session.failures -= 1;
  sendFirst(state, challenge);
  return said("half");
}

/** A success resets what this challenge had consumed, and ends the waits of the kind that succeeded; a binding's life keeps the rest. */
function reset({ person, challenge, kind }: Scene): void {
  for (const { counter, by } of challenge.consumed) {
    const tries = person.tries[counter];
    tries.life = Math.max(tries.life - 1, 0);
    if (by === "strangers") tries.fails = Math.max(tries.fails - 1, 0);
    const own = challenge.device?.tries[counter];
    if (own && by === "device") own.count = Math.max(own.count - 1, 0);
    if (counter === kind) endWaits(tries, own, counter);
  }
}

function endWaits(tries: Waiting, own: Window | undefined, counter: Counter): void {
  tries.fails = 0;
  tries.until = 0;
  if (counter === "password") tries.life = 0;
  if (own) own.count = 0;
}
