import { deadlines } from "@/lib/testing/histories/model/deadlines";
import { isLiveDevice, personAt } from "@/lib/testing/histories/model/people";
import { day, hour, minute, numbers, second } from "@/lib/testing/histories/model/rules";
import type { Act } from "@/lib/testing/histories/model/said";
import type { Browser, State } from "@/lib/testing/histories/model/state";
import type { Move } from "@/lib/testing/histories/moves";
import { apiAnswerOf, apiLogInOf, apiLookOf, apiSendOf, appOf } from "@/lib/testing/histories/resolve/api";
import { beginOf, confirmOf, waitingAt } from "@/lib/testing/histories/resolve/bindings";
import { codeFor } from "@/lib/testing/histories/resolve/codes";
import { signInOf, touchOf } from "@/lib/testing/histories/resolve/keys";
import {
  among,
  atDoor,
  inside,
  living,
  onBrowser,
  onPerson,
  type Scene,
  waysAt,
  withSession,
} from "@/lib/testing/histories/resolve/scene";
import { unaskedOf } from "@/lib/testing/histories/resolve/unasked";

type Resolve = (scene: Scene, move: Move) => Act | null;

/** The act that a move is in this state; null: there is nobody who could do it. */
export function resolve(scene: Scene, move: Move): Act | null {
  return resolvers[move.do]?.(scene, move) ?? null;
}

const resolvers: Readonly<Record<string, Resolve>> = {
  logIn: ({ state }, { how, pick, other }) => {
    const browser = among(state.browsers, other)?.index ?? 0;
    if (how === "after a reset") return afterReset(state, other);
    if (how === "unknown") return { do: "logIn", browser, person: null, password: -1 };
    if (how === "again") return logInAgain(state, pick, other);
    const person = among(living(state), pick);
    if (!person) return null;
    const password =
      how === "right" ? person.password : how === "old" && person.password > 0 ? person.password - 1 : -1;
    return { do: "logIn", browser, person: person.index, password };
  },
  signIn: ({ state }, move) => signInOf(state, move),
  answer: (scene, move) => answerOf(scene, move),
  touchKey: ({ state }, move) => touchOf(state, move),
  answerAll: ({ state }, { pick, other }) => {
    const browser = atDoor(state, pick);
    const kind = browser && among(waysAt(state, browser), other);
    return browser && kind ? { do: "answer", browser: browser.index, kind, code: "wrong", trusts: false } : null;
  },
  send: ({ state }, { how, pick, other }) => {
    const browser = atDoor(state, pick);
    if (!browser?.challenge) return null;
    const held = personAt(state, browser.challenge.owner).factors.filter(({ to }) => to !== null);
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
  makeUnasked: unaskedOf,
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
  change: (scene, move) => changeOf(scene, move),
  due: ({ state }, { pick }) => {
    const waiting = state.people.filter(({ changes }) => changes.length > 0);
    return onPerson(among(waiting, pick), (person) => ({ do: "due", person }));
  },
  newCodes: ({ state }, { pick }) => onBrowser(inside(state, pick), (browser) => ({ do: "newCodes", browser })),
  changePassword: ({ state }, { how, pick }) => {
    const browser = inside(state, pick);
    if (!browser?.session) return null;
    const { password } = personAt(state, browser.session.owner);
    const next = how === "same" ? password : how === "short" ? -2 : password + 1;
    return { do: "changePassword", browser: browser.index, current: how === "wrong" ? -1 : password, next };
  },
  reset: ({ state }, { pick, other }) =>
    onPerson(among(living(state), pick), (person) => ({
      do: "reset",
      browser: among(state.browsers, other)?.index ?? 0,
      person,
    })),
  choosePassword: ({ state }, { how, pick }) => {
    const browser = among(
      state.browsers.filter(({ challenge }) => challenge?.reset),
      pick,
    );
    if (!browser?.challenge) return null;
    const { password } = personAt(state, browser.challenge.owner);
    return { do: "choosePassword", browser: browser.index, next: how === "short" ? -2 : password + 1 };
  },
  unlock: ({ state }, { pick, other }) =>
    other % 4 > 0 ? null : onPerson(among(living(state), pick), (person) => ({ do: "unlock", person })),
  guessPassword: ({ state }, { how, pick, other }) => {
    if (how === "many" && pick % 4 > 0) return null;
    const times = how === "many" ? 60 : 3 + (other % 9);
    const from =
      how === "here" ? { browser: among(state.browsers, other)?.index ?? 0 } : { strangers: state.strangers };
    return onPerson(among(living(state), pick), (person) => ({ do: "guessPassword", person, times, from }));
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
  apiLogIn: ({ state }, move) => apiLogInOf(state, move),
  apiAnswer: ({ state }, move) => apiAnswerOf(state, move),
  apiSend: ({ state }, move) => apiSendOf(state, move),
  apiLook: ({ state }, move) => apiLookOf(state, move),
  app: ({ state }, move) => appOf(state, move),
  wait: ({ state }, { how, pick, other }) => ({ do: "wait", length: lengthOf(state, how, pick, other) }),
  restart: (_, { pick }) => (pick % 4 === 0 ? { do: "restart" } : null),
};

/** The login that follows where a password was just set; once in a while somebody else's. */
function afterReset(state: State, pick: number): Act | null {
  const browser = among(
    state.browsers.filter(({ challenge }) => challenge?.reset?.isSet),
    pick,
  );
  if (!browser?.challenge) return null;
  const person = personAt(state, pick % 5 === 4 ? (state.people[0]?.index ?? 0) : browser.challenge.owner);
  if (person.isGone) return null;
  return { do: "logIn", browser: browser.index, person: person.index, password: person.password };
}

/** Somebody who is known in a browser comes back to it; first of all whoever trusts it. */
function logInAgain(state: State, pick: number, other: number): Act | null {
  const kept = state.browsers.flatMap(({ index, devices }) => devices.map((device) => ({ index, device })));
  const known = kept.filter(({ device }) => !personAt(state, device.owner).isGone);
  const trusted = known.filter(
    ({ device }) => isLiveDevice(device, personAt(state, device.owner), state.now) && device.trustedAt !== null,
  );
  const found = among(trusted.length > 0 ? trusted : known, pick + other);
  if (!found) return null;
  const { index: person, password } = personAt(state, found.device.owner);
  return { do: "logIn", browser: found.index, person, password };
}

/** Just before, at and just after something ends; every step takes a second itself. */
function lengthOf(state: State, how: string, pick: number, other: number): number {
  if (how === "step") return numbers.step;
  if (how === "minutes") return (1 + (pick % 9)) * minute;
  if (how === "hour") return hour;
  if (how === "day") return (1 + (pick % 2) * 7) * day;
  const moment = among(deadlines(state), pick) ?? state.now + minute;
  return Math.max(moment - state.now - second - 1 + (other % 3), 0);
}

/** Somebody asks for what waits, or stops it: their own, somebody else's, or by the link of its last letter. */
function changeOf(scene: Scene, move: Move): Act | null {
  const browser = inside(scene.state, move.pick);
  const owner = browser?.session ? personAt(scene.state, browser.session.owner) : null;
  if (move.how === "data") return onBrowser(browser, (index) => ({ do: "askForData", browser: index }));
  if (move.how === "delete")
    return owner?.isAdmin === false ? onBrowser(browser, (index) => ({ do: "askForDeletion", browser: index })) : null;
  if (move.how !== "password" && move.how !== "short") return vetoOf(scene, move, browser);
  const next = move.how === "short" ? -2 : (owner?.password ?? 0) + 1;
  return onBrowser(browser, (index) => ({ do: "askForPassword", browser: index, next }));
}

function vetoOf({ state }: Scene, { how, other }: Move, browser: Browser | null): Act | null {
  const told = state.people.filter(({ asked }) => asked.length > 0);
  const own = told.find(({ index }) => index === browser?.session?.owner);
  const person = how === "veto" ? own : among(told, other);
  const kind = among(person?.changes.map((one) => one.kind) ?? [], other) ?? among(person?.asked ?? [], other);
  if (!person || !kind) return null;
  if (how === "link") return { do: "vetoByLink", person: person.index, kind };
  return onBrowser(browser, (index) => ({ do: "veto", browser: index, person: person.index, kind }));
}

function answerOf({ state }: Scene, { how, pick, other }: Move): Act | null {
  const browser = atDoor(state, pick);
  if (!browser?.challenge) return null;
  const person = personAt(state, browser.challenge.owner);
  const ways = waysAt(state, browser);
  const kind =
    how === "other kind"
      ? among(["passkey", "totp", "sms", "email", "recovery", "password"] as const, other)
      : among(ways, other >> 1);
  if (!kind) return null;
  const code = codeFor(state, { person, challenge: browser.challenge, kind, how, pick: other });
  if (code !== null) return { do: "answer", browser: browser.index, kind, code, trusts: other % 2 === 0 };
  return kind === "sms" || kind === "email" ? { do: "send", browser: browser.index, kind, factor: null } : null;
}
