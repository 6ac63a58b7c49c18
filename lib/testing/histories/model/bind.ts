import { bind, keepOnly, noteProof, type Place, type Proven } from "@/lib/testing/histories/model/bound";
import { letWait, staysAWhile } from "@/lib/testing/histories/model/changes";
import { consumeWindow, isFull, opensIn } from "@/lib/testing/histories/model/counters";
import { type Between, claim, isOpen } from "@/lib/testing/histories/model/enter";
import { fresh } from "@/lib/testing/histories/model/guard";
import { stepAt } from "@/lib/testing/histories/model/judge";
import { browserAt, isDemanded, isLiveSession, personAt, touch } from "@/lib/testing/histories/model/people";
import { numbers, windows } from "@/lib/testing/histories/model/rules";
import { type Act, type Code, type Said, said } from "@/lib/testing/histories/model/said";
import { consumeForClaim, noteCode, windowIn } from "@/lib/testing/histories/model/sends";
import type { BoundKind, Challenge, Pending, Person, State } from "@/lib/testing/histories/model/state";

type Beginning = Extract<Act, { readonly do: "begin" | "beginAtLogin" }>;

type Confirming = { readonly browser: number; readonly kind: BoundKind; readonly code: Code };

export function beginBinding(state: State, beginning: Beginning): Said {
  const passed = fresh(state, beginning.browser, "factor.add");
  if ("refusal" in passed) return passed.refusal;
  const { person, session, browser } = passed;
  return begin(state, { person, place: session, ip: browser.ip, beginning });
}

/** Between the doors, for somebody who must have a factor and holds none. The login gets, once, ten minutes more. */
export function beginAtLogin(state: State, beginning: Beginning): Said {
  const browser = browserAt(state, beginning.browser);
  const found = enrollingLogin(state, beginning);
  if (found === null) return said("over");
  const { person, challenge } = found;
  if (beginning.to !== null) {
    const question = { window: challenge.bindable, rule: windows.bindableLogin };
    const ofDay = { window: windowIn(person.sends, "bindable"), rule: windows.bindableAccount };
    if (isFull(question.window, question.rule, state.now)) return said("start over");
    consumeWindow(question.window, question.rule, state.now);
    if (isFull(ofDay.window, ofDay.rule, state.now))
      return said("wait", { waits: opensIn(ofDay.window, ofDay.rule, state.now) });
    consumeWindow(ofDay.window, ofDay.rule, state.now);
  }
  const begun = begin(state, { person, place: challenge, ip: browser.ip, beginning });
  if (begun.said !== "begun" || challenge.isProlonged) return begun;
  challenge.isProlonged = true;
  challenge.until = state.now + numbers.enrollingLife;
  return begun;
}

function enrollingLogin(state: State, { browser: at, kind }: { readonly browser: number; readonly kind: BoundKind }) {
  const { challenge, session } = browserAt(state, at);
  touch(state, session);
  if (challenge === null || challenge.purpose !== "LOGIN") return null;
  const person = personAt(state, challenge.owner);
  if (!isOpen(state, person, challenge) || challenge.tries <= 0) return null;
  return isDemanded(person) && person.factors.length === 0 && kind !== "email" ? { person, challenge } : null;
}

type Begun = {
  readonly person: Person;
  readonly place: Place;
  readonly ip: string;
  readonly beginning: Beginning;
};

function begin(state: State, { person, place, ip, beginning }: Begun): Said {
  const { kind, to, replaces, as } = beginning;
  if ((kind === "email" && person.isAdmin) || (kind !== "passkey" && person.isStrict)) return said("not offered");
  const held = person.factors.filter((one) => one.kind === kind);
  if (replaces !== null && !held.some(({ name }) => name === replaces)) return said("gone");
  if (replaces === null && held.length >= perPerson(kind)) return said("too many of them");
  if (to !== null && held.some((one) => one.to === to)) return said("yours already");
  if (isFull(person.begins, windows.begins, state.now))
    return said("wait", { waits: opensIn(person.begins, windows.begins, state.now) });
  consumeWindow(person.begins, windows.begins, state.now);
  const refusal = to === null ? null : consumeForClaim(state, { person, kind, to, stepSends: place.stepSends, ip });
  if (refusal) return refusal;
  place.pending = place.pending.filter((one) => one.kind !== kind);
  const until = state.now + numbers.pendingLife;
  place.pending.push({ name: as, kind, to, replaces, tries: numbers.triesOfPending, until });
  if (to !== null) sendToBind(state, { name: as, kind, to });
  return said("begun");
}

function perPerson(kind: BoundKind): number {
  if (kind === "passkey") return numbers.factorsPerPerson;
  return kind === "totp" ? numbers.appsPerPerson : numbers.addressesPerPerson;
}

function sendToBind(state: State, { name, kind, to }: { name: string; kind: BoundKind; to: string }): void {
  noteCode(state, { kind, challenge: null, pending: name, factor: name });
  state.letters.push({ kind: "code.bind", channel: kind === "sms" ? "sms" : "mail", to });
}

/** Another code to the address that was given when it began. */
export function sendAgain(state: State, { browser: at, kind }: Omit<Confirming, "code">): Said {
  const passed = fresh(state, at, "factor.add");
  if ("refusal" in passed) return passed.refusal;
  return again(state, { person: passed.person, place: passed.session, ip: passed.browser.ip, kind });
}

export function sendAgainAtLogin(state: State, { browser: at, kind }: Omit<Confirming, "code">): Said {
  const found = enrollingLogin(state, { browser: at, kind });
  if (found === null) return said("over");
  return again(state, { person: found.person, place: found.challenge, ip: browserAt(state, at).ip, kind });
}

type Again = { readonly person: Person; readonly place: Place; readonly ip: string; readonly kind: BoundKind };

function again(state: State, { person, place, ip, kind }: Again): Said {
  const pending = waiting(state, place, kind);
  if (!pending || kind === "passkey") return said("gone"); // a key has nothing that could be sent
  if (pending.to === null) return said("nothing to send");
  const refusal = consumeForClaim(state, { person, kind, to: pending.to, stepSends: place.stepSends, ip });
  if (refusal) return refusal;
  sendToBind(state, { name: pending.name, kind, to: pending.to });
  return said("sent");
}

const waiting = (state: State, place: Place, kind: BoundKind) =>
  place.pending.find((one) => one.kind === kind && one.until > state.now);

/** The first code, in a session: what it proves goes on with this session and ends all others. */
export function confirmBinding(state: State, confirming: Confirming, between: Between): Said {
  const passed = fresh(state, confirming.browser, "factor.add");
  if ("refusal" in passed) return passed.refusal;
  const { person, session } = passed;
  const stands = () => isLiveSession(state, session);
  const proven = prove(state, { person, place: session, confirming, stands }, between);
  if ("refusal" in proven) return proven.refusal;
  const replaced = person.factors.find(({ name }) => name === proven.pending.replaces);
  const stays = replaced !== undefined && staysAWhile(state, passed, replaced);
  if (stays && isFull(session.asks, windows.asks, state.now)) return said("start over");
  const shows = bind(state, person, proven, stays ? () => letWait(state, passed, replaced) : null);
  const ends = keepOnly(state, person, session, person.factors.length > 1 && (replaced === undefined || stays));
  noteProof(state, { person, session, kind: confirming.kind });
  return said("bound", { ends, ...(shows > 0 ? { shows } : {}) });
}

/** The same between the doors: the right code completes the login, a wrong one costs it one of its five tries. */
export function confirmAtLogin(state: State, confirming: Confirming, between: Between): Said {
  const found = enrollingLogin(state, confirming);
  if (found === null) return said("over");
  const { person, challenge } = found;
  if (confirming.code === "malformed") return said("malformed");
  const stands = () => isOpen(state, person, challenge);
  const proven = prove(state, { person, place: challenge, confirming, stands }, between);
  if ("refusal" in proven)
    return proven.refusal.said === "wrong" ? costsTry(challenge, proven.refusal) : proven.refusal;
  const shows = bind(state, person, proven);
  keepOnly(state, person, null);
  challenge.stamp = person.stamp;
  challenge.isOver = true;
  const browser = browserAt(state, confirming.browser);
  return claim(state, { browser, person, challenge, kind: confirming.kind, shows }, between);
}

function costsTry(challenge: Challenge, refusal: Said): Said {
  challenge.tries -= 1;
  if (challenge.tries === 0) challenge.isOver = true;
  return challenge.tries === 1 ? { ...refusal, last: true } : refusal;
}

type Proving = {
  readonly person: Person;
  readonly place: Place;
  readonly confirming: Confirming;
  /** Can anything be bound there still? */
  readonly stands: () => boolean;
};

/** Ten confirmations an hour, five per pending factor; a code of a clock up to ten minutes off is told apart, and refused. */
function prove(
  state: State,
  { person, place, confirming, stands }: Proving,
  between: Between,
): Proven | { readonly refusal: Said } {
  const { kind, code } = confirming;
  const pending = waiting(state, place, kind);
  if (!pending) return { refusal: said("gone") };
  if (code === "malformed") return { refusal: said("malformed") };
  if (isFull(person.confirms, windows.confirms, state.now))
    return { refusal: said("wait", { waits: opensIn(person.confirms, windows.confirms, state.now) }) };
  consumeWindow(person.confirms, windows.confirms, state.now);
  between("before it binds");
  if (!stands()) return { refusal: said("changed meanwhile") };
  if (pending.tries === 0) return { refusal: said("gone") };
  pending.tries -= 1;
  if (kind === "passkey" && typeof code === "object" && "key" in code && code.key === pending.name && code.here)
    return { pending, lastStep: -1, key: { verifies: code.verified, isSynced: false, counter: code.counter }, place };
  const verdict =
    kind === "totp" ? firstCode(state, pending, code) : kind === "passkey" ? "wrong" : firstSent(state, pending, code);
  if (typeof verdict === "number") return { pending, lastStep: verdict, key: null, place };
  return { refusal: said(verdict, pending.tries === 1 ? { last: true } : {}) };
}

function firstCode(state: State, pending: Pending, code: Code): number | string {
  if (typeof code === "string" || !("app" in code) || code.app !== pending.name) return "wrong";
  const off = code.step - stepAt(state.now);
  if (Math.abs(off) <= 1) return code.step;
  if (Math.abs(off) > numbers.drift / numbers.step) return "wrong";
  return off < 0 ? "clock behind" : "clock ahead";
}

function firstSent(state: State, pending: Pending, code: Code): number | string {
  const sent = typeof code !== "string" && "sent" in code ? state.sent[code.sent] : undefined;
  if (!sent || sent.pending !== pending.name || sent.isSpent || sent.until <= state.now) return "wrong";
  sent.isSpent = true;
  return -1;
}
