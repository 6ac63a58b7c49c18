import { newWindow } from "@/lib/testing/histories/model/counters";
import { tellGathered } from "@/lib/testing/histories/model/letters";
import { isLiveDevice, isLiveSession, newDevice, personAt } from "@/lib/testing/histories/model/people";
import { numbers } from "@/lib/testing/histories/model/rules";
import { type Said, said } from "@/lib/testing/histories/model/said";
import type { Browser, Challenge, Device, Kind, Person, Session, State } from "@/lib/testing/histories/model/state";

type Opening = Pick<Challenge, "purpose" | "session" | "device" | "network"> &
  Partial<Pick<Challenge, "action" | "app">>;

/** What stands before a session, or before a fresh proof: six minutes and five tries. */
export function openChallenge(state: State, person: Person, opening: Opening): Challenge {
  const challenge: Challenge = {
    action: null,
    app: null,
    ...opening,
    owner: person.index,
    stamp: person.stamp,
    until: state.now + numbers.challengeLife,
    tries: numbers.triesOfChallenge,
    consumed: [],
    isOver: false,
    isHalf: false,
    openedAt: state.now,
    stepSends: {},
    pending: [],
    isProlonged: false,
    bindable: newWindow(),
    link: null,
    reset: null,
  };
  if (opening.network !== null) countHalfLogin(state, person, challenge);
  return challenge;
}

/** Twenty half logins of an account among strangers; with one more the oldest of the network that holds most goes. */
function countHalfLogin(state: State, person: Person, challenge: Challenge): void {
  const live = person.halfLogins.filter((one) => isOpen(state, person, one));
  person.halfLogins = [...live, challenge];
  if (person.halfLogins.length <= numbers.halfLogins) return;
  const held = (network: string | null) => person.halfLogins.filter((one) => one.network === network);
  const most = Math.max(...person.halfLogins.map(({ network }) => held(network).length));
  const oldest = person.halfLogins.find(({ network }) => held(network).length === most);
  if (!oldest) return;
  oldest.isOver = true;
  person.halfLogins = person.halfLogins.filter((one) => one !== oldest);
}

/** It can still be answered: nobody ended it, its time and tries are not over, and the account has not moved. */
export const isOpen = (state: State, person: Person, challenge: Challenge | null): challenge is Challenge =>
  challenge !== null && !challenge.isOver && challenge.until > state.now && challenge.stamp === person.stamp;

type Entering = {
  readonly browser: Browser;
  readonly person: Person;
  readonly challenge: Challenge;
  readonly kind: Kind;
  readonly shows?: number;
  /** The browser is to be trusted from now on; or it is, and has stood for the second step. */
  readonly trusts?: boolean;
  readonly byTrust?: boolean;
  /** No password was typed. */
  readonly isSignIn?: boolean;
};

/**
 * Where somebody else may come in between: when a try is consumed and not judged yet, when the second door is open and its first code not sent yet, when a
 * login was answered right and is not claimed yet, and when a confirmation is consumed and nothing bound yet.
 */
export const gaps = ["before it is judged", "before its code is sent", "before its claim", "before it binds"] as const;
export type Gap = (typeof gaps)[number];

/** What somebody else does there; mostly nothing. */
export type Between = (gap: Gap) => void;
export const nothing: Between = () => undefined;

/** A satisfied login is claimed, unless what protects the account has changed since, or the browser that stood for it is known no more. */
export function claim(state: State, entering: Entering, between: Between): Said {
  between("before its claim");
  const { challenge, person, byTrust = false } = entering;
  const isVoid = byTrust && knownDeviceOf(challenge, person) === null;
  return challenge.stamp === person.stamp && !isVoid ? enter(state, entering) : said("over");
}

/** Both doors are behind: a session, and the browser is known from now on, unless a recovery code opened the second one. */
export function enter(
  state: State,
  { browser, person, challenge, kind, shows = 0, trusts = false, isSignIn = false }: Entering,
): Said {
  challenge.isOver = true;
  const known = knownDeviceOf(challenge, person);
  const isThroughApp = browser.app !== null;
  const device = known ?? (kind === "recovery" || isThroughApp ? null : newDevice(person, state.now));
  if (known) {
    known.usedAt = state.now;
    known.stamp = person.stamp;
  } else if (device) keepDevice(state, { browser, person, device });
  if (trusts && device && mayTrust(person, kind)) trust(state, person, device);
  person.sessions = person.sessions.filter((one) => !one.isOver);
  endIdlest(person, browser.app);
  const session = newSession(state, person, kind, device, !isSignIn);
  session.app = browser.app;
  person.sessions.push(session);
  if (!isThroughApp && isLiveSession(state, browser.session)) browser.session.isOver = true;
  browser.session = session;
  if (!isThroughApp) browser.challenge = null; // a program may go on sending its mfaToken
  if (person.hasEntered && (isThroughApp ? isNewThrough(state, person, browser) : !known))
    tellGathered(state, person, "device.new");
  if (isThroughApp) person.seenThrough[programOf(browser)] = state.now;
  person.hasEntered = true;
  if (!isSignIn) person.wrongInRow = 0;
  return said("in", shows > 0 ? { shows } : {});
}

/** The known device that the login began on, unless it was forgotten meanwhile. */
function knownDeviceOf({ device }: Challenge, person: Person) {
  return device && !device.isForgotten && device.owner === person.index ? device : null;
}

/** After what counts as a factor; never by whoever must use what no false page can take, because a password is left then. */
const mayTrust = ({ isStrict }: Person, kind: Kind): boolean =>
  !isStrict && (kind === "passkey" || kind === "totp" || kind === "sms");

/** A proof that counts as a factor was given; an administrator's browser is never trusted. */
function trust(state: State, { isAdmin }: Person, device: Device): void {
  if (isAdmin) return;
  device.trustedAt = state.now;
  device.until = Math.max(device.until, state.now + numbers.deviceLife);
}

type Keeping = { readonly browser: Browser; readonly person: Person; readonly device: Device };

/** A new one goes before those of the last four other people here, and takes the place of its person's own; nobody has more than ten. */
function keepDevice(state: State, { browser, person, device }: Keeping): void {
  const isGood = (one: Device) => isLiveDevice(one, personAt(state, one.owner), state.now);
  const beside = browser.devices.filter((one) => one.owner !== person.index && isGood(one));
  const stay = beside.slice(0, numbers.devicesAtBrowser - 1);
  for (const one of browser.devices) if (!stay.includes(one)) one.isForgotten = true;
  browser.devices = [device, ...stay];
  const own = person.devices.filter(isGood).sort((one, other) => other.usedAt - one.usedAt);
  for (const one of own.slice(numbers.devices - 1)) one.isForgotten = true;
  person.devices = [...own.slice(0, numbers.devices - 1), device];
}

/** Through an app no browser is known: there one is new whose like did not log in through it for ninety days. */
const isNewThrough = ({ now }: State, { seenThrough }: Person, browser: Browser): boolean =>
  (seenThrough[programOf(browser)] ?? Number.NEGATIVE_INFINITY) <= now - numbers.sameBrowser;

const programOf = ({ app, index }: Browser): string => `${app} ${index}`;

/** Twenty on the pages, and twenty of each app: for one more the idlest goes. */
function endIdlest(person: Person, app: number | null): void {
  const there = person.sessions.filter((one) => one.app === app);
  if (there.length < numbers.sessions) return;
  const byUse = there.sort((one, other) => one.seenAt - other.seenAt);
  const [idlest] = byUse;
  if (idlest) idlest.isOver = true;
  person.sessions = person.sessions.filter((one) => !one.isOver);
}

/** To NIST neither the password nor a mailbox is a second factor: the session stays at the first level. */
export const levelOf = (kind: Kind): 1 | 2 => (kind === "password" || kind === "email" ? 1 : 2);

const newSession = (
  state: State,
  person: Person,
  kind: Kind,
  device: Session["device"],
  byPassword: boolean,
): Session => ({
  owner: person.index,
  stamp: person.stamp,
  until: state.now + numbers.sessionLife,
  openedAt: state.now,
  seenAt: state.now,
  provenAt: state.now,
  provenWith: kind,
  byPassword,
  level: levelOf(kind),
  failures: 0,
  device,
  app: null,
  isOver: false,
  passwords: newWindow(),
  asks: newWindow(),
  pending: [],
  stepSends: {},
});
