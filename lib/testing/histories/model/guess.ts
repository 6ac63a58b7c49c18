import { knockAt } from "@/lib/testing/histories/model/first-door";
import { browserAt, newBrowser } from "@/lib/testing/histories/model/people";
import { type Act, type Guesser, inTurn, type Said, strangersAddress } from "@/lib/testing/histories/model/said";
import { answerAt } from "@/lib/testing/histories/model/second-door";
import type { Browser, State } from "@/lib/testing/histories/model/state";

type Guessing = Extract<Act, { readonly do: "guessPassword" }>;
type GuessingCodes = Extract<Act, { readonly do: "guessCode" }>;

/** Wrong passwords, one after the other; who is told to wait does, to the very end. */
export function guessPassword(state: State, { person, times, from }: Guessing): Said {
  const all: Said[] = [];
  for (let time = 0; time < times; time += 1) {
    const heard = knockAt(state, guesserAt(state, from, time), { person, password: -1 });
    all.push(heard);
    state.now += heard.waits ?? 0;
  }
  noteStrangers(state, from, times);
  return inTurn(all);
}

/** Whoever knows the password guesses at codes: a new login whenever the last one is over. */
export function guessCode(state: State, { person, password, kind, times, from }: GuessingCodes): Said {
  const all: Said[] = [];
  let [browser, logins]: [Browser | null, number] = [null, 0];
  for (let time = 0; time < times; time += 1) {
    if (browser === null) {
      browser = guesserAt(state, from, logins);
      logins += 1;
      all.push(knockAt(state, browser, { person, password }));
    }
    const heard = answerAt(state, browser, { kind, code: "wrong", trusts: false });
    all.push(heard);
    state.now += heard.said === "wait" ? (heard.waits ?? 0) : 0;
    if (heard.said !== "wrong") browser = null;
  }
  noteStrangers(state, from, logins);
  return inTurn(all);
}

function guesserAt(state: State, from: Guesser, time: number): Browser {
  if ("browser" in from) return browserAt(state, from.browser);
  const ip = strangersAddress(state.number, from.strangers + time);
  return newBrowser(-1, ip);
}

function noteStrangers(state: State, from: Guesser, seen: number): void {
  if ("strangers" in from) state.strangers = Math.max(state.strangers, from.strangers + seen);
}
