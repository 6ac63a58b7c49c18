import { consumeWindow, isFull, newWindow, opensIn, type Window } from "@/lib/testing/histories/model/counters";
import { isOpen } from "@/lib/testing/histories/model/enter";
import { browserAt, isLiveSession, personAt, touch } from "@/lib/testing/histories/model/people";
import { numbers, type WindowRule, windows } from "@/lib/testing/histories/model/rules";
import { type Said, said } from "@/lib/testing/histories/model/said";
import type { BoundKind, Challenge, Factor, Person, State, StepSends } from "@/lib/testing/histories/model/state";
import { closedOf, waysOf } from "@/lib/testing/histories/model/ways";

type Counted = { readonly window: Window; readonly rule: WindowRule };

const channelOf = (kind: BoundKind) => (kind === "sms" ? "sms" : "mail");

/** The first code of a login leaves by itself, to the way that is offered first; what cannot be sent holds nobody up. */
export function sendFirst(state: State, challenge: Challenge): void {
  const person = personAt(state, challenge.owner);
  const way = waysOf(person, challenge)[0];
  if (way !== "sms" && way !== "email") return;
  if (closedOf(person, challenge).includes(way)) return;
  if (state.sent.some((one) => one.challenge === challenge && one.kind === way)) return;
  sendTo(state, { person, challenge, kind: way, factor: null });
}

/** A code by one of the ways of this challenge, to the address that is named, or to the one that was used last. */
export function send(state: State, at: number, kind: BoundKind, factor: string | null): Said {
  const { challenge, session } = browserAt(state, at);
  touch(state, session);
  if (challenge === null) return said("over");
  const person = personAt(state, challenge.owner);
  if (!isOpen(state, person, challenge)) return said("over");
  if (challenge.session !== null && !(isLiveSession(state, session) && session === challenge.session))
    return said("over");
  if (kind === "totp" || kind === "passkey") return said("nothing to send");
  return sendTo(state, { person, challenge, kind, factor });
}

export type Sending = {
  readonly person: Person;
  readonly challenge: Challenge;
  readonly kind: BoundKind;
  readonly factor: string | null;
};

export function sendTo(state: State, { person, challenge, kind, factor: named }: Sending): Said {
  const held = waysOf(person, challenge).includes(kind) ? person.factors.filter((one) => one.kind === kind) : [];
  const factor = named === null ? lastUsed(held) : held.find(({ name }) => name === named);
  if (!factor || factor.to === null) return said("nothing sent");
  const step = stepIn(challenge.stepSends, kind);
  const own: Counted[] = [
    { window: step.gap, rule: windows.sendGap },
    { window: step.count, rule: windows.sendStep },
  ];
  const refusal = consumeForSend(state, { person, own, factor, isKnown: challenge.device !== null });
  if (refusal) return refusal;
  noteCode(state, { kind, challenge, pending: null, factor: factor.name });
  state.letters.push({ kind: "code.login", channel: channelOf(kind), to: factor.to });
  return said("sent");
}

export const lastUsed = (held: readonly Factor[]): Factor | undefined =>
  [...held].sort((one, other) => other.usedAt - one.usedAt)[0];

type Cost = {
  readonly person: Person;
  readonly own: readonly Counted[];
  readonly factor: Factor;
  readonly isKnown: boolean;
};

/** First its own step, then the account, then the address; on a known device two a day remain when all of that is used up. */
function consumeForSend(state: State, { person, own, factor, isKnown }: Cost): Said | null {
  const { now } = state;
  const { addressSends } = state;
  const shared: Counted[] = [
    ...accountWindows(person, factor.kind),
    { window: windowIn(addressSends, `bound ${factor.to}`), rule: windows.sendBound },
    { window: windowIn(addressSends, `bound day ${factor.to}`), rule: windows.sendBoundDay },
  ];
  const full = firstFull([...own, ...shared], now);
  const reserve: Counted = { window: person.reserve, rule: windows.sendReserve };
  if (full && own.includes(full)) return refused(full, full === own[0] ? "too soon" : "no more", now);
  if (!full) consume([...own, ...shared], now);
  else if (isKnown && !isFull(reserve.window, reserve.rule, now)) consume([...own, reserve], now);
  else return refused(full, "too many", now);
  return null;
}

const accountWindows = ({ sends }: Person, kind: BoundKind): Counted[] => [
  { window: windowIn(sends, `hour ${channelOf(kind)}`), rule: windows.sendAccount },
  { window: windowIn(sends, `day ${channelOf(kind)}`), rule: windows.sendAccountDay },
];

function stepIn(stepSends: Record<string, StepSends>, name: string): StepSends {
  stepSends[name] ??= { gap: newWindow(), count: newWindow() };
  return stepSends[name];
}

export function windowIn(all: Record<string, Window>, name: string): Window {
  all[name] ??= newWindow();
  return all[name];
}

const firstFull = (all: readonly Counted[], now: number) => all.find(({ window, rule }) => isFull(window, rule, now));

export type Claim = {
  readonly person: Person;
  readonly kind: BoundKind;
  readonly to: string;
  /** What the address is claimed in: a session or a login, with its own count for each address. */
  readonly stepSends: Record<string, StepSends>;
  readonly ip: string;
};

/** An address that somebody says is theirs consumes of windows of its own; three different ones a day for an account. */
export function consumeForClaim(state: State, { person, kind, to, stepSends, ip }: Claim): Said | null {
  const { now, addressSends } = state;
  const { gap, count } = stepIn(stepSends, to);
  const noted = windowIn(person.claimsNoted, to);
  const isNew = !isFull(noted, windows.sendClaimedBy, now);
  const claims = { window: windowIn(person.sends, `claims ${channelOf(kind)}`), rule: windows.sendClaims };
  const own: Counted[] = [
    { window: gap, rule: windows.sendGap },
    { window: count, rule: windows.sendStep },
  ];
  const at = (name: string, rule: WindowRule): Counted => ({ window: windowIn(addressSends, name), rule });
  const shared = [
    ...accountWindows(person, kind),
    at(`claimed ${to}`, windows.sendClaimed),
    at(`claimed day ${to}`, windows.sendClaimedDay),
    ...(kind === "sms" ? [at(`block ${to.slice(0, -4)}`, windows.sendBlock)] : []),
    at(`near ${ip}`, windows.sendNear),
    at(`wide ${networkOf(ip)}`, windows.sendWide),
  ];
  const all = [...(isNew ? [claims] : []), ...own, ...shared];
  const full = firstFull(all, now);
  if (full) return refused(full, full === own[0] ? "too soon" : full === own[1] ? "no more" : "too many", now);
  consume(all, now);
  if (isNew) consumeWindow(noted, windows.sendClaimedBy, now);
  return null;
}

export const networkOf = (ip: string) => ip.split(".").slice(0, 3).join(".");

const refused = ({ window, rule }: Counted, word: string, now: number): Said =>
  said(word, word === "no more" ? {} : { waits: opensIn(window, rule, now) }); // its login is over before its window is

const consume = (all: readonly Counted[], now: number): void => {
  for (const { window, rule } of all) consumeWindow(window, rule, now);
};

type Noted = {
  readonly kind: BoundKind;
  readonly challenge: Challenge | null;
  readonly pending: string | null;
  readonly factor: string;
};

/** A code that leaves, good for its minutes. */
export function noteCode(state: State, noted: Noted): void {
  const life = noted.kind === "sms" ? numbers.smsLife : numbers.mailLife;
  state.sent.push({
    ...noted,
    place: state.sent.length,
    at: state.now,
    until: state.now + life,
    isSpent: false,
  });
}
