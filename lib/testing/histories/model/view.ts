import { countIn } from "@/lib/testing/histories/model/counters";
import { isOpen } from "@/lib/testing/histories/model/enter";
import { isFresh } from "@/lib/testing/histories/model/guard";
import { isDemanded, isLiveDevice, isLiveSession, owes, personAt } from "@/lib/testing/histories/model/people";
import { windows } from "@/lib/testing/histories/model/rules";
import { type Browser, boundKinds, type Person, type State } from "@/lib/testing/histories/model/state";
import { closedOf, waysOf } from "@/lib/testing/histories/model/ways";

/** Everything that must agree after a step, in plain words and numbers: doors, counters, what is held, letters. */
export type View = {
  readonly people: readonly Readonly<Record<string, unknown>>[];
  readonly browsers: readonly Readonly<Record<string, unknown>>[];
  readonly letters: readonly string[];
};

const counters = [...boundKinds, "password"] as const;

export function view(state: State): View {
  return {
    people: state.people.map((person) => personIn(state, person)),
    browsers: state.browsers.map((browser) => browserIn(state, browser)),
    letters: state.letters.map(({ kind, channel, to }) => `${kind} ${channel} ${to}`).sort(),
  };
}

function personIn(state: State, person: Person) {
  const { now } = state;
  const waiting = ({ fails, until }: Person["strangers"]) => [fails, Math.max(until - now, 0)];
  return {
    wrongInRow: person.wrongInRow,
    strangers: waiting(person.strangers),
    tries: counters.map((kind) => [...waiting(person.tries[kind]), person.tries[kind].life]),
    factors: person.factors.map(({ name }) => name),
    codes: person.codes.length,
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

function sessionIn(state: State, { session }: Browser) {
  if (!isLiveSession(state, session)) return null;
  const person = personAt(state, session.owner);
  return {
    who: session.owner,
    level: session.level,
    isFresh: isFresh(person, session, state.now),
    mustBind: owes(person),
    failures: session.failures,
    passwords: countIn(session.passwords, windows.sessionPasswords, state.now),
    pending: session.pending
      .filter(({ until }) => until > state.now)
      .map(({ name, tries }) => `${name} ${tries}`)
      .sort(),
  };
}

function challengeIn(state: State, { challenge }: Browser) {
  const person = challenge && personAt(state, challenge.owner);
  if (!person || !isOpen(state, person, challenge) || challenge.tries === 0) return null;
  const ways = waysOf(person, challenge);
  const closed = closedOf(person, challenge);
  const enrols = person.factors.length === 0 && ways.length === 0 && isDemanded(person) ? ["totp", "sms"] : [];
  return {
    ...{ who: challenge.owner, purpose: challenge.purpose, tries: challenge.tries, left: challenge.until - state.now },
    ...{ ways: [...ways.filter((way) => !closed.includes(way)), ...closed], closed, enrols },
  };
}

function devicesIn(state: State, { devices }: Browser) {
  const live = devices.filter((one) => isLiveDevice(one, personAt(state, one.owner), state.now));
  return live.map((device) => ({
    who: device.owner,
    logins: countIn(device.logins, windows.deviceLogins, state.now),
    passwords: countIn(device.passwords, windows.deviceTries, state.now),
    tries: counters.map((kind) => countIn(device.tries[kind], windows.deviceTries, state.now)),
  }));
}
