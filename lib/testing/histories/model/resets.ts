import { keepOnly } from "@/lib/testing/histories/model/bound";
import { setPassword } from "@/lib/testing/histories/model/changes";
import { consumeWindow, isFull, opensIn } from "@/lib/testing/histories/model/counters";
import { openChallenge } from "@/lib/testing/histories/model/enter";
import { tell } from "@/lib/testing/histories/model/letters";
import { browserAt, isDemanded, isLiveDevice, personAt, touch } from "@/lib/testing/histories/model/people";
import { numbers, windows } from "@/lib/testing/histories/model/rules";
import { type Said, said } from "@/lib/testing/histories/model/said";
import { networkOf, sendFirst, windowIn } from "@/lib/testing/histories/model/sends";
import type { Browser, Challenge, Kind, Person, State } from "@/lib/testing/histories/model/state";
import { waysOf } from "@/lib/testing/histories/model/ways";

type Forgetting = { readonly browser: number; readonly person: number };

/** Somebody forgets the password in a browser, gets the letter and presses its button there. */
export function reset(state: State, { browser: at, person: who }: Forgetting): Said {
  const [browser, person] = [browserAt(state, at), personAt(state, who)];
  const near = { window: windowIn(state.forgot, `near ${browser.ip}`), rule: windows.forgotNear };
  const wide = { window: windowIn(state.forgot, `wide ${networkOf(browser.ip)}`), rule: windows.forgotWide };
  const full = [near, wide].find(({ window, rule }) => isFull(window, rule, state.now));
  if (full) return said("wait", { waits: opensIn(full.window, full.rule, state.now) });
  for (const { window, rule } of [near, wide]) consumeWindow(window, rule, state.now);
  const device = browser.devices.find((one) => isLiveDevice(one, person, state.now)) ?? null;
  if (!consumeLetter(state, person, device !== null)) return said("no letter");
  const challenge = openChallenge(state, person, { purpose: "RESET", session: null, device, network: null });
  const isBound = person.factors.length > 0;
  const isHelpless = isBound ? waysOf(person, challenge).length === 0 : isDemanded(person);
  state.letters.push({ kind: isHelpless ? "reset.operator" : "reset.link", channel: "mail", to: person.email });
  if (isHelpless) return said("operator");
  challenge.link = { until: state.now + numbers.resetLinkLife, isOver: false };
  person.resetLinks = [...liveLinks(state, person), challenge.link];
  for (const old of person.resetLinks.slice(0, -numbers.resetLinks)) old.isOver = true;
  browser.challenge = challenge;
  if (isBound) {
    sendFirst(state, challenge);
    return said("answer");
  }
  spendLink(state, person, challenge);
  challenge.isOver = true;
  challenge.reset = { provenWith: null, until: state.now + numbers.resetChoose, isSet: false };
  return said("choose");
}

/** Five an hour, and two a day more that a known device asks for. */
function consumeLetter(state: State, { resets, resetReserve }: Person, isKnown: boolean): boolean {
  const isOpen = !isFull(resets, windows.resets, state.now);
  if (isOpen) consumeWindow(resets, windows.resets, state.now);
  if (isOpen || !isKnown || isFull(resetReserve, windows.resetReserve, state.now)) return isOpen;
  consumeWindow(resetReserve, windows.resetReserve, state.now);
  return true;
}

const liveLinks = (state: State, { resetLinks }: Person) =>
  resetLinks.filter(({ isOver, until }) => !isOver && until > state.now);

/** Using one link voids all of its person; one that is void spends nothing. */
export function spendLink(state: State, person: Person, { link }: Challenge): boolean {
  const live = liveLinks(state, person);
  if (link === null || !live.includes(link)) return false;
  endLinks(person);
  return true;
}

function endLinks(person: Person): void {
  for (const link of person.resetLinks) link.isOver = true;
  person.resetLinks = [];
}

/** The new password, under the confirmed reset of this browser: every session, device and link goes with it, and no session comes. */
export function choosePassword(state: State, { browser: at, next }: { browser: number; next: number }): Said {
  const { challenge, session } = browserAt(state, at);
  touch(state, session);
  const confirmed = challenge?.reset ?? null;
  if (challenge === null || confirmed === null || confirmed.isSet || confirmed.until <= state.now) return said("over");
  const person = personAt(state, challenge.owner);
  if (challenge.stamp !== person.stamp) return said("over");
  if (next < 0) return said("too short");
  setPassword(state, person, next);
  keepOnly(state, person, null);
  for (const device of person.devices) device.isForgotten = true;
  endLinks(person);
  tell(state, person, "password.reset");
  confirmed.isSet = true;
  confirmed.until = state.now + numbers.resetClaim;
  challenge.stamp = person.stamp;
  return said("set");
}

/** The second factor of a reset that has just set the password here, once. */
export function claimReset(state: State, { challenge }: Browser, person: Person): Kind | null {
  const confirmed = challenge?.reset ?? null;
  if (challenge === null || confirmed === null || !confirmed.isSet || confirmed.until <= state.now) return null;
  if (challenge.owner !== person.index || challenge.stamp !== person.stamp) return null;
  challenge.reset = null;
  return confirmed.provenWith;
}
