import { newWaiting, newWindow } from "@/lib/testing/histories/model/counters";
import { numbers, second } from "@/lib/testing/histories/model/rules";
import type {
  BoundKind,
  Browser,
  Device,
  Factor,
  Key,
  Person,
  Session,
  State,
} from "@/lib/testing/histories/model/state";
import { isStrong } from "@/lib/testing/histories/model/ways";

/** What somebody holds at the beginning, in plain words: both sides are given the same. */
export type Resident = {
  readonly email: string;
  readonly isAdmin: boolean;
  readonly isDemanded: boolean | null;
  readonly isStrict: boolean;
  readonly factors: readonly {
    readonly name: string;
    readonly kind: BoundKind;
    readonly to: string | null;
    readonly key: Key | null;
  }[];
  readonly codes: readonly string[];
};

export type Beginning = {
  readonly number: number;
  readonly now: number;
  readonly people: readonly Resident[];
  readonly browsers: readonly { readonly ip: string }[];
  readonly clients: readonly { readonly ip: string; readonly app: number }[];
  readonly apps: readonly { readonly demands: boolean }[];
};

/** The world before the first step. Everything that stands in it was given an instant before. */
export function begin({ number, now, people, browsers, clients, apps }: Beginning): State {
  const clock = { now: now - 60 * second };
  return {
    number,
    now,
    people: people.map((resident, index) => newPerson(resident, index, clock)),
    browsers: browsers.map(({ ip }, index) => newBrowser(index, ip)),
    clients: clients.map(({ ip, app }, index) => newBrowser(index, ip, app)),
    apps: apps.map(({ demands }) => ({ demands, isRegistered: true })),
    near: {},
    wide: {},
    sent: [],
    signIns: [],
    keys: people.flatMap(({ factors }) => factors.flatMap(({ name, key }) => (key === null ? [] : [name]))),
    letters: [],
    addressSends: {},
    forgot: {},
    strangers: 0,
    saved: people.reduce((sum, { codes }) => sum + codes.length, 0),
    nobody: newPerson({ email: "", isAdmin: false, isDemanded: null, isStrict: false, factors: [], codes: [] }, -1, {
      now,
    }),
  };
}

export const newBrowser = (index: number, ip: string, app: number | null = null): Browser => ({
  index,
  ip,
  app,
  devices: [],
  session: null,
  challenge: null,
});

/** One after the other, in the minute before: an account, then what is bound, a second apart. */
export function newPerson({ factors, codes, ...resident }: Resident, index: number, clock: { now: number }): Person {
  const madeAt = clock.now;
  const boundAt = () => {
    clock.now += second;
    return clock.now;
  };
  return {
    ...resident,
    index,
    password: 0,
    passwordAt: madeAt,
    madeAt,
    stamp: 0,
    changes: [],
    asked: [],
    hasEntered: false,
    hadUnasked: false,
    isGone: false,
    wrongInRow: 0,
    strangers: newWaiting(),
    tries: { totp: newWaiting(), sms: newWaiting(), email: newWaiting(), password: newWaiting() },
    factors: factors.map(
      (one): Factor => ({ ...one, key: one.key && { ...one.key }, lastStep: -1, boundAt: boundAt(), usedAt: 0 }),
    ),
    former: [],
    ...withSaved(codes),
    devices: [],
    sessions: [],
    halfLogins: [],
    refunded: newWindow(),
    begins: newWindow(),
    confirms: newWindow(),
    seenThrough: {},
    noticeSms: newWindow(),
    reserve: newWindow(),
    resets: newWindow(),
    resetReserve: newWindow(),
    resetLinks: [],
    gathered: {},
    digests: [],
    sends: {},
    claimsNoted: {},
  };
}

const withSaved = (codes: readonly string[]): Pick<Person, "codes" | "unsaved"> => ({ codes: [...codes], unsaved: [] });

export const newDevice = (person: Person, now: number): Device => ({
  owner: person.index,
  stamp: person.stamp,
  since: now,
  until: now + numbers.deviceLife,
  usedAt: now,
  isForgotten: false,
  trustedAt: null,
  logins: newWindow(),
  passwords: newWindow(),
  tries: { totp: newWindow(), sms: newWindow(), email: newWindow(), password: newWindow() },
});

export const isLiveDevice = (device: Device | null, person: Person, now: number): device is Device =>
  device !== null &&
  !device.isForgotten &&
  device.owner === person.index &&
  device.stamp === person.stamp &&
  device.until > now;

/** Its owner asked for it less than three days ago, and is no administrator. */
export const isTrusted = ({ trustedAt }: Device, { isAdmin }: Person, now: number): boolean =>
  trustedAt !== null && now < trustedAt + numbers.trustLife && !isAdmin;

/** Neither over, nor a day old, and of the account as it is now; nor, on the pages, an hour idle. */
export function isLiveSession(state: State, session: Session | null): session is Session {
  if (session === null || session.isOver) return false;
  const person = personAt(state, session.owner);
  const isIdle = session.app === null && session.seenAt <= state.now - numbers.sessionIdle;
  return session.stamp === person.stamp && session.until > state.now && !isIdle;
}

/** A request of a session that lives keeps it from being idle; noted at most once a minute. */
export function touch(state: State, session: Session | null): void {
  if (isLiveSession(state, session) && session.seenAt <= state.now - numbers.sessionNoted) session.seenAt = state.now;
}

export function personAt(state: State, index: number): Person {
  const person = state.people[index];
  if (!person) throw new Error(`There is no person ${index}.`);
  return person;
}

export function browserAt(state: State, index: number): Browser {
  const browser = state.browsers[index];
  if (!browser) throw new Error(`There is no browser ${index}.`);
  return browser;
}

export function clientAt(state: State, index: number): Browser {
  const client = state.clients[index];
  if (!client) throw new Error(`There is no client ${index}.`);
  return client;
}

/** An app may demand a second factor of everybody who comes through it; nobody is let off by one. */
export const isDemandedThrough = ({ apps }: State, person: Person, app: number | null): boolean =>
  isDemanded(person) || (app !== null && apps[app]?.demands === true);

/** Administrators must have a second factor, unless said otherwise for one person; nobody else must. */
export const isDemanded = ({ isAdmin, isDemanded: own }: Person): boolean => own ?? isAdmin;

/** Somebody of whom more is asked than they hold, e-mail does not count; and whoever came in by a code from paper where only a passkey is enough. */
export const owes = (person: Person, { provenWith }: Pick<Session, "provenWith">): boolean =>
  (isDemanded(person) && !person.factors.some(isStrong)) || (person.isStrict && provenWith === "recovery");
