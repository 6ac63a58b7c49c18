import { deadlines } from "@/lib/testing/histories/model/deadlines";
import { isOpen } from "@/lib/testing/histories/model/enter";
import { stepAt } from "@/lib/testing/histories/model/judge";
import { isLiveSession, personAt } from "@/lib/testing/histories/model/people";
import { day, hour, minute, numbers, second } from "@/lib/testing/histories/model/rules";
import type { Act, Code } from "@/lib/testing/histories/model/said";
import type { BoundKind, Browser, Challenge, Kind, Person, State } from "@/lib/testing/histories/model/state";
import { waysOf } from "@/lib/testing/histories/model/ways";
import type { Move } from "@/lib/testing/histories/moves";

/** Where people may say that they receive: few, so that several claim the same. */
export type Places = { readonly numbers: readonly string[]; readonly mails: readonly string[] };
export type Scene = { readonly state: State; readonly places: Places; readonly nextName: string };

type Resolve = (scene: Scene, move: Move) => Act | null;

const among = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(all.length, 1)];

/** The act that a move is in this state; null: there is nobody who could do it. */
export function resolve(scene: Scene, move: Move): Act | null {
  return resolvers[move.do]?.(scene, move) ?? null;
}

const resolvers: Readonly<Record<string, Resolve>> = {
  logIn: ({ state }, { how, pick, other }) => {
    const browser = among(state.browsers, other)?.index ?? 0;
    if (how === "unknown") return { do: "logIn", browser, person: null, password: -1 };
    const person = among(state.people, pick);
    if (!person) return null;
    const password =
      how === "right" ? person.password : how === "old" && person.password > 0 ? person.password - 1 : -1;
    return { do: "logIn", browser, person: person.index, password };
  },
  answer: (scene, move) => answerOf(scene, move),
  answerAll: ({ state }, { pick, other }) => {
    const browser = atDoor(state, pick);
    const kind = browser && among(waysAt(state, browser), other);
    return browser && kind ? { do: "answer", browser: browser.index, kind, code: "wrong" } : null;
  },
  send: ({ state }, { how, pick, other }) => {
    const browser = atDoor(state, pick);
    if (!browser?.challenge) return null;
    const held = personAt(state, browser.challenge.owner).factors.filter(({ kind }) => kind !== "totp");
    const factor = among(how === "foreign" ? state.people.flatMap(({ factors }) => factors) : held, other);
    if (!factor) return null;
    return { do: "send", browser: browser.index, kind: factor.kind, factor: how === "first" ? null : factor.name };
  },
  leave: ({ state }, { how, pick }) => {
    const browser = how === "cancel" ? atDoor(state, pick) : inside(state, pick);
    return browser ? { do: how === "cancel" ? "cancel" : "logOut", browser: browser.index } : null;
  },
  look: ({ state }, { pick }) =>
    onBrowser(inside(state, pick) ?? withSession(state, pick), (browser) => ({ do: "look", browser })),
  stepUp: ({ state }, { how, pick }) =>
    onBrowser(inside(state, pick), (browser) => ({ do: "stepUp", browser, action: how as "factor.add" })),
  begin: beginOf,
  confirm: (scene, move) => confirmOf(scene, move),
  drop: ({ state }, { how, pick }) => {
    const [browser, pending] = waitingAt(state, pick) ?? [];
    if (!browser || !pending) return null;
    const isAtLogin = pending.isAtLogin;
    if (how === "drop") return isAtLogin ? null : { do: "drop", browser: browser.index, kind: pending.kind };
    return { do: isAtLogin ? "againAtLogin" : "again", browser: browser.index, kind: pending.kind };
  },
  remove: ({ state }, { how, pick, other }) => {
    const browser = inside(state, pick);
    if (!browser?.session) return null;
    const own = personAt(state, browser.session.owner).factors;
    const factor = among(how === "own" ? own : state.people.flatMap(({ factors }) => factors), other);
    return factor ? { do: "remove", browser: browser.index, factor: factor.name } : null;
  },
  newCodes: ({ state }, { pick }) => onBrowser(inside(state, pick), (browser) => ({ do: "newCodes", browser })),
  changePassword: ({ state }, { how, pick }) => {
    const browser = inside(state, pick);
    if (!browser?.session) return null;
    const { password } = personAt(state, browser.session.owner);
    const next = how === "same" ? password : how === "short" ? -2 : password + 1;
    return { do: "changePassword", browser: browser.index, current: how === "wrong" ? -1 : password, next };
  },
  unlock: ({ state }, { pick, other }) =>
    other % 4 > 0 ? null : onPerson(among(state.people, pick), (person) => ({ do: "unlock", person })),
  guessPassword: ({ state }, { how, pick, other }) => {
    if (how === "many" && pick % 4 > 0) return null;
    const times = how === "many" ? 60 : 3 + (other % 9);
    const from =
      how === "here" ? { browser: among(state.browsers, other)?.index ?? 0 } : { strangers: state.strangers };
    return onPerson(among(state.people, pick), (person) => ({ do: "guessPassword", person, times, from }));
  },
  guessCode: ({ state }, { how, pick, other }) => {
    const person = among(
      state.people.filter(({ factors }) => factors.length > 0),
      pick,
    );
    const kind = among(person?.factors ?? [], other)?.kind;
    if (!person || !kind) return null;
    if (how === "many" && pick % 4 > 0) return null;
    const times = how === "many" ? 45 : 3 + (other % 9);
    const from =
      how === "here" ? { browser: among(state.browsers, other)?.index ?? 0 } : { strangers: state.strangers };
    return { do: "guessCode", person: person.index, password: person.password, kind, times, from };
  },
  wait: ({ state }, { how, pick, other }) => ({ do: "wait", length: lengthOf(state, how, pick, other) }),
  restart: (_, { pick }) => (pick % 4 === 0 ? { do: "restart" } : null),
};

const onBrowser = (browser: Browser | null | undefined, act: (index: number) => Act): Act | null =>
  browser ? act(browser.index) : null;
const onPerson = (person: Person | undefined, act: (index: number) => Act): Act | null =>
  person ? act(person.index) : null;

/** A browser whose challenge is open; once in a while one whose challenge is over. */
function atDoor(state: State, pick: number): Browser | null {
  const between = state.browsers.filter(({ challenge }) => challenge !== null);
  const open = between.filter(
    ({ challenge }) => challenge && isOpen(state, personAt(state, challenge.owner), challenge),
  );
  return among(open.length > 0 && pick % 10 !== 9 ? open : between, pick) ?? null;
}

const withSession = (state: State, pick: number) =>
  among(
    state.browsers.filter(({ session }) => session !== null),
    pick,
  ) ?? null;
const inside = (state: State, pick: number) =>
  among(
    state.browsers.filter(({ session }) => isLiveSession(state, session)),
    pick,
  ) ?? null;

const waysAt = (state: State, { challenge }: Browser): Kind[] =>
  challenge ? waysOf(personAt(state, challenge.owner), challenge) : [];

/** Just before, at and just after something ends; every step takes a second itself. */
function lengthOf(state: State, how: string, pick: number, other: number): number {
  if (how === "step") return numbers.step;
  if (how === "minutes") return (1 + (pick % 9)) * minute;
  if (how === "hour") return hour;
  if (how === "day") return (1 + (pick % 2) * 7) * day;
  const moment = among(deadlines(state), pick) ?? state.now + minute;
  return Math.max(moment - state.now - second - 1 + (other % 3), 0);
}

function answerOf({ state }: Scene, { how, pick, other }: Move): Act | null {
  const browser = atDoor(state, pick);
  if (!browser?.challenge) return null;
  const person = personAt(state, browser.challenge.owner);
  const ways = waysAt(state, browser);
  const kind =
    how === "other kind"
      ? among(["totp", "sms", "email", "recovery", "password"] as const, other)
      : among(ways, other >> 1);
  if (!kind) return null;
  const code = codeFor(state, { person, challenge: browser.challenge, kind, how, pick: other });
  if (code !== null) return { do: "answer", browser: browser.index, kind, code };
  return kind === "sms" || kind === "email" ? { do: "send", browser: browser.index, kind, factor: null } : null;
}

type Asked = {
  readonly person: Person;
  readonly challenge: Challenge;
  readonly kind: Kind;
  readonly how: string;
  readonly pick: number;
};

function codeFor(state: State, asked: Asked): Code | null {
  const { kind, how } = asked;
  if (how === "malformed") return "malformed";
  if (how === "wrong") return "wrong";
  if (kind === "password") return { password: how === "replay" ? asked.person.password - 1 : asked.person.password };
  if (kind === "totp") return appCode(state, asked);
  if (kind === "recovery") return savedCode(state, asked);
  return postedCode(state, asked);
}

function appCode(state: State, { person, how, pick }: Asked): Code {
  const now = stepAt(state.now);
  const owner = how === "foreign" ? (state.people.find((one) => one !== person) ?? person) : person;
  const apps = owner.factors.filter(({ kind }) => kind === "totp");
  const app = among(apps, pick);
  if (!app) return "wrong";
  if (how === "replay") return { app: app.name, step: Math.max(app.lastStep, now - 1) };
  if (how === "early") return { app: app.name, step: now + 1 + (pick % 2) };
  if (how === "stale") return { app: app.name, step: now - 1 - (pick % 2) };
  const fresh = apps.find(({ lastStep }) => lastStep < now) ?? app;
  return { app: fresh.name, step: fresh.lastStep < now ? now : now + 1 };
}

function savedCode({ saved }: State, { person, how, pick }: Asked): Code {
  const used = Array.from({ length: saved }, (_, index) => `r${index + 1}`).filter(
    (name) => !person.codes.includes(name),
  );
  const name = how === "right" ? among(person.codes, pick) : among(used, pick);
  return name === undefined ? "wrong" : { saved: name };
}

/** The last that was posted here; or one that is spent, or of somewhere else. */
function postedCode({ posted, now }: State, { challenge, kind, how, pick }: Asked): Code | null {
  const ofKind = posted.filter((one) => one.kind === kind);
  const here = ofKind.filter(
    (one) => one.challenge === challenge && !one.isSpent && (one.until > now || how !== "right"),
  );
  const code = how === "right" ? (here.at(-1 - (pick % 2)) ?? here.at(-1)) : among(ofKind, pick);
  if (code) return { posted: code.place };
  return how === "right" ? null : "wrong";
}

function beginOf({ state, places, nextName }: Scene, { how, pick, other }: Move): Act | null {
  const enrols = state.browsers.filter(({ challenge }) => {
    const person = challenge && personAt(state, challenge.owner);
    return (
      challenge &&
      person &&
      challenge.purpose === "LOGIN" &&
      person.factors.length === 0 &&
      isOpen(state, person, challenge)
    );
  });
  const isAtLogin = enrols.length > 0 && pick % 3 > 0;
  const browser = isAtLogin ? among(enrols, pick) : inside(state, pick);
  if (!browser) return null;
  const held = browser.session ? personAt(state, browser.session.owner).factors : [];
  const replaced =
    how === "add" ? undefined : among(how === "replace" ? held : state.people.flatMap(({ factors }) => factors), other);
  const kind: BoundKind = replaced?.kind ?? among(["totp", "totp", "sms", "email"] as const, other) ?? "totp";
  const to = kind === "totp" ? null : (among(kind === "sms" ? places.numbers : places.mails, pick) ?? "");
  const act = { browser: browser.index, kind, to, as: nextName } as const;
  return isAtLogin
    ? { do: "beginAtLogin", ...act, replaces: null }
    : { do: "begin", ...act, replaces: replaced?.name ?? null };
}

type Waiting = { readonly name: string; readonly kind: BoundKind; readonly isAtLogin: boolean };

function waitingAt(state: State, pick: number): readonly [Browser, Waiting] | null {
  const all = state.browsers.flatMap((browser) => {
    const inSession = isLiveSession(state, browser.session) ? (browser.session?.pending ?? []) : [];
    const atLogin = browser.challenge?.pending ?? [];
    return [
      ...inSession.map(({ name, kind }) => [browser, { name, kind, isAtLogin: false }] as const),
      ...atLogin.map(({ name, kind }) => [browser, { name, kind, isAtLogin: true }] as const),
    ];
  });
  return among(all, pick) ?? null;
}

function confirmOf({ state }: Scene, { how, pick, other }: Move): Act | null {
  const [browser, pending] = waitingAt(state, pick) ?? [];
  if (!browser || !pending) return null;
  const code = firstCodeFor(state, pending, how, other);
  return { do: pending.isAtLogin ? "confirmAtLogin" : "confirm", browser: browser.index, kind: pending.kind, code };
}

function firstCodeFor(state: State, { name, kind }: Waiting, how: string, pick: number): Code {
  if (how === "malformed" || how === "wrong") return how;
  const now = stepAt(state.now);
  if (kind === "totp") {
    if (how === "stale")
      return {
        app: state.people.flatMap(({ factors }) => factors).find((one) => one.kind === "totp")?.name ?? name,
        step: now,
      };
    return { app: name, step: how === "drift" ? now + (among([-20, -2, 2, 20, 21], pick) ?? 2) : now + (pick % 3) - 1 };
  }
  const mine = state.posted.filter((one) => one.pending === name);
  const posted =
    how === "right"
      ? mine.at(-1)
      : among(
          state.posted.filter((one) => one.kind === kind),
          pick,
        );
  return posted ? { posted: posted.place } : "wrong";
}
