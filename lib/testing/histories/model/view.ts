import { countIn } from "@/lib/testing/histories/model/counters";
import { isOpen } from "@/lib/testing/histories/model/enter";
import { isFresh } from "@/lib/testing/histories/model/guard";
import {
  browserAt,
  isDemanded,
  isLiveDevice,
  isLiveSession,
  owes,
  personAt,
} from "@/lib/testing/histories/model/people";
import { windows } from "@/lib/testing/histories/model/rules";
import {
  type Browser,
  type Challenge,
  guessedKinds,
  type Person,
  type Session,
  type State,
} from "@/lib/testing/histories/model/state";
import { closedOf, enoughBeside, waysOf } from "@/lib/testing/histories/model/ways";

/** Everything that must agree after a step, in plain words and numbers: doors, counters, what is held, letters. */
export type View = {
  readonly people: readonly Readonly<Record<string, unknown>>[];
  readonly browsers: readonly Readonly<Record<string, unknown>>[];
  readonly clients: readonly Readonly<Record<string, unknown>>[];
  readonly letters: readonly string[];
  readonly shown: Shown | null;
};

/** What the browser that did something is shown, and may do next. */
export type Shown = {
  readonly session: Readonly<Record<string, unknown>> | null;
  readonly challenge: Readonly<Record<string, unknown>> | null;
};

const counters = [...guessedKinds, "password"] as const;

/** `asked`: the browser that did something, if one did. */
export function view(state: State, asked: number | null): View {
  return {
    people: state.people.map((person) => personIn(state, person)),
    browsers: state.browsers.map((browser) => browserIn(state, browser)),
    clients: state.clients.map((client) => clientIn(state, client)),
    letters: state.letters.map(({ kind, channel, to }) => `${kind} ${channel} ${to}`).sort(),
    shown: asked === null ? null : shownIn(state, browserAt(state, asked)),
  };
}

function personIn(state: State, person: Person) {
  const { now } = state;
  const waiting = ({ fails, until }: Person["strangers"]) => [fails, Math.max(until - now, 0)];
  return {
    wrongInRow: person.wrongInRow,
    strangers: waiting(person.strangers),
    tries: counters.map((kind) => [...waiting(person.tries[kind]), person.tries[kind].life]),
    factors: person.factors.map(({ name, key }) => (key === null ? name : `${name} ${key.counter}`)),
    changes: person.changes.map(({ kind, dueAt }) => `${kind} ${dueAt === null ? "-" : dueAt - now}`).sort(),
    early: 0, // what waits is waited for until it is due, in whatever order things happen
    codes: person.codes.length,
    unsaved: person.unsaved.flat().length,
    sessions: person.sessions.filter((one) => isLiveSession(state, one)).length,
    devices: person.devices.filter((one) => isLiveDevice(one, person, now)).length,
    begins: countIn(person.begins, windows.begins, now),
    confirms: countIn(person.confirms, windows.confirms, now),
    digests: person.digests.map(({ about, repeats }) => `${about} ${repeats}`).sort(),
  };
}

function browserIn(state: State, browser: Browser) {
  return {
    session: sessionIn(state, browser),
    challenge: challengeIn(state, browser),
    devices: devicesIn(state, browser),
    near: countIn(state.near[browser.ip] ?? { from: 0, count: 0 }, windows.near, state.now),
  };
}

/** What a program's two tokens stand for. */
const clientIn = (state: State, client: Browser) => ({
  session: sessionIn(state, client),
  challenge: challengeIn(state, client),
  near: countIn(state.near[client.ip] ?? { from: 0, count: 0 }, windows.near, state.now),
});

function sessionIn(state: State, { session }: Browser) {
  if (!isLiveSession(state, session)) return null;
  return {
    who: session.owner,
    level: session.level,
    failures: session.failures,
    passwords: countIn(session.passwords, windows.sessionPasswords, state.now),
    pending: session.pending
      .filter(({ until }) => until > state.now)
      .map(({ name, tries }) => `${name} ${tries}`)
      .sort(),
  };
}

function challengeIn(state: State, { challenge }: Browser) {
  const open = openIn(state, challenge);
  return open && { who: open.owner, purpose: open.purpose, tries: open.tries, left: open.until - state.now };
}

const openIn = (state: State, challenge: Browser["challenge"]) =>
  challenge && challenge.tries > 0 && isOpen(state, personAt(state, challenge.owner), challenge) ? challenge : null;

function shownIn(state: State, { session, challenge }: Browser): Shown {
  const open = openIn(state, challenge);
  return {
    session: isLiveSession(state, session) ? personShown(state, session) : null,
    challenge: open && waysShown(personAt(state, open.owner), open),
  };
}

function personShown(state: State, session: Session) {
  const person = personAt(state, session.owner);
  return { who: session.owner, isFresh: isFresh(person, session, state.now), mustBind: owes(person, session) };
}

function waysShown(person: Person, challenge: Challenge) {
  const ways = waysOf(person, challenge);
  const closed = closedOf(person, challenge);
  const enrols =
    person.factors.length === 0 && ways.length === 0 && isDemanded(person) ? ["passkey", "totp", "sms"] : [];
  return {
    ways: [...ways.filter((way) => !closed.includes(way)), ...closed],
    closed,
    enrols,
    whenLost: instead(person, challenge),
  };
}

/** What whoever has lost the passkey that is asked for does instead, where something else of theirs is enough for other things. */
function instead(person: Person, { purpose, action }: Challenge): string | null {
  if (purpose !== "STEP_UP" || enoughBeside(person, "factor.remove").length === 0) return null;
  if (action === "password.change") return "reset";
  if (action === "change.veto") return "letter";
  return action === "factor.add" || action === "recovery.regenerate" ? "removal" : null;
}

function devicesIn(state: State, { devices }: Browser) {
  const live = devices.filter((one) => isLiveDevice(one, personAt(state, one.owner), state.now));
  return live.map((device) => ({
    who: device.owner,
    trustedAt: device.trustedAt ?? 0,
    logins: countIn(device.logins, windows.deviceLogins, state.now),
    passwords: countIn(device.passwords, windows.deviceTries, state.now),
    tries: counters.map((kind) => countIn(device.tries[kind], windows.deviceTries, state.now)),
  }));
}
