import { type Between, isOpen } from "@/lib/testing/histories/model/enter";
import { knockAt } from "@/lib/testing/histories/model/first-door";
import {
  clientAt,
  isDemandedThrough,
  isLiveSession,
  owes,
  personAt,
  touch,
} from "@/lib/testing/histories/model/people";
import { type Act, type ApiKind, type Said, said } from "@/lib/testing/histories/model/said";
import { answerAt } from "@/lib/testing/histories/model/second-door";
import { sendTo } from "@/lib/testing/histories/model/sends";
import type { BoundKind, Browser, Challenge, Person, Session, State } from "@/lib/testing/histories/model/state";
import { isAllowed, isStrong, waysOf } from "@/lib/testing/histories/model/ways";

type Called<Name extends Act["do"]> = Extract<Act, { readonly do: Name }>;

/** The numbers of docs/move-from-authing.md. */
const wrongs: Readonly<Record<ApiKind, string>> = { totp: "6001", recovery: "6002", sms: "2001", email: "2001" };
const others: Readonly<Record<string, string>> = {
  over: "2021",
  wait: "1002",
  "start over": "1002",
  closed: "1002",
  "no more": "1002",
  "too many": "1002",
  "too soon": "2080",
};

/** The first door through an app: the same counters as on the pages, from wherever it calls. A session, or what comes next and an mfaToken. */
export function apiLogIn(state: State, { client: at, ...knock }: Called<"apiLogIn">, between: Between): Said {
  const client = clientAt(state, at);
  if (!isRegistered(state, client)) return said("403");
  const heard = knockAt(state, client, knock, between);
  if (heard.said === "in") return said("200");
  if (heard.said === "wrong") return said("2333");
  if (client.challenge === null || (heard.said !== "answer" && heard.said !== "enrol")) return inNumbers(heard);
  return secondStep(state, client.challenge);
}

/** 1635 where the person bound an app of their own accord. What no call answers stands last, switched off. */
function secondStep(state: State, challenge: Challenge): Said {
  const person = personAt(state, challenge.owner);
  const isDemanded = isDemandedThrough(state, person, challenge.app);
  const ways =
    person.factors.length === 0 ? bindable.filter((kind) => isAllowed(person, kind)) : waysOf(person, challenge);
  const offered = (["totp", "sms", "email"] as const).flatMap((kind) => (ways.includes(kind) ? kind : []));
  const inOrder = ways.filter((way) => offered.some((one) => one === way));
  const offers = [...inOrder, ...(ways.includes("passkey") ? ["(passkey)"] : [])].join(" ");
  return said(ways.includes("totp") && person.factors.length > 0 && !isDemanded ? "1635" : "1636", { offers });
}

const bindable: readonly BoundKind[] = ["passkey", "totp", "sms"];

/** The second door, and the session with it. An mfaToken is good for its own app alone; what is malformed reads like what is wrong. */
export function apiAnswer(state: State, { client: at, by, kind, code }: Called<"apiAnswer">, between: Between): Said {
  const client = clientAt(state, at);
  if (!isRegistered(state, client)) return said("403");
  const bearer = clientAt(state, by);
  if (bearer.app !== client.app) return said("2021");
  const caller = { ...client, challenge: bearer.challenge, session: null };
  const heard = answerAt(state, caller, { kind, code, trusts: false }, between);
  if (heard.said === "in") client.session = caller.session;
  if (heard.said === "in") return said("200", heard.shows === undefined ? {} : { shows: heard.shows });
  if (heard.said === "wrong" || heard.said === "used" || heard.said === "malformed") return said(wrongs[kind]);
  return inNumbers(heard);
}

/** A code, to what this person has bound and nowhere else. What cannot be sent by this way is answered all the same. */
export function apiSend(state: State, { client: at, by, kind }: Called<"apiSend">): Said {
  const client = clientAt(state, at);
  if (!isRegistered(state, client)) return said("403");
  const { challenge, app } = clientAt(state, by);
  if (challenge === null || app !== client.app || !isOpenLogin(state, challenge)) return said("2021");
  const person = personAt(state, challenge.owner);
  const heard = sendTo(state, { person, challenge, kind, factor: null });
  return heard.said === "sent" || heard.said === "nothing sent" ? said("200") : inNumbers(heard);
}

const isOpenLogin = (state: State, challenge: Challenge): boolean =>
  challenge.tries > 0 && isOpen(state, personAt(state, challenge.owner), challenge);

/** Who uses this token: of a live session of this very app, of somebody who owes nothing by now. */
export function apiLook(state: State, { client: at, by }: Called<"apiLook">): Said {
  const client = clientAt(state, at);
  if (!isRegistered(state, client)) return said("403");
  const session = sessionBy(state, client, by);
  if (session === null) return said("2020");
  const person = personAt(state, session.owner);
  return said(owesThrough(state, person, session) ? "2206" : "200");
}

/** Ends the session of the token; without one there is nothing to end, and it is answered all the same. */
export function apiLogOut(state: State, { client: at, by }: Called<"apiLogOut">): Said {
  const client = clientAt(state, at);
  if (!isRegistered(state, client)) return said("403");
  const session = sessionBy(state, client, by);
  if (session !== null) session.isOver = true;
  return said("200");
}

function sessionBy(state: State, client: Browser, by: number): Session | null {
  const { session, app } = clientAt(state, by);
  if (app !== client.app || !isLiveSession(state, session)) return null;
  touch(state, session);
  return session;
}

const owesThrough = (state: State, person: Person, session: Session): boolean =>
  owes(person, session) || (isDemandedThrough(state, person, session.app) && !person.factors.some(isStrong));

/** At once: every session that it opened, and every login that is under way through it. Registered anew, it begins with none. */
export function removeApp(state: State, { app }: Called<"removeApp">): Said {
  for (const { sessions, halfLogins } of state.people)
    for (const one of [...sessions, ...halfLogins]) if (one.app === app) one.isOver = true;
  return register(state, app, false);
}

export const registerApp = (state: State, { app }: Called<"registerApp">): Said => register(state, app, true);

function register({ apps }: State, at: number, isRegistered: boolean): Said {
  const app = apps[at];
  if (app) app.isRegistered = isRegistered;
  return said(isRegistered ? "registered" : "removed");
}

const isRegistered = ({ apps }: State, { app }: Browser): boolean => app !== null && apps[app]?.isRegistered === true;

/** A wait in whole seconds; beyond a minute and a half in whole minutes, beyond an hour and a half in whole hours. */
function inNumbers({ said: word, waits }: Said): Said {
  return said(
    others[word] ?? word,
    waits === undefined ? {} : { waits: rounded(Math.max(Math.ceil(waits / 1000), 1)) },
  );
}

function rounded(seconds: number): number {
  const unit = seconds <= 90 ? 1 : seconds <= 5400 ? 60 : 3600;
  return Math.ceil(seconds / unit) * unit;
}
