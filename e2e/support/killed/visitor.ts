import { setTimeout as pause } from "node:timers/promises";
import { alertsIn, ask, type Fields, type Got, post } from "@/e2e/support/http";

/** What the visitors have met, all together. */
export type Tally = {
  /** For how many seconds of waiting a request that failed is sent again, once at least, before that is a mistake. */
  readonly patience: number;
  /** How many portals have been killed so far: who meets another one while they press again may press once more. */
  kills: number;
  requests: number;
  /** Requests that got no answer, or "not now". */
  failed: number;
  /** Those of them that failed again when they were sent once more. */
  failedAgain: number;
  /** Logins that ended inside; those that ended in a sentence instead; letters that were not there in time. */
  readonly logins: { in: number; told: number; late: number };
  /** The codes that each person has typed: no more than these can have been accepted. */
  readonly typed: Map<string, Set<string>>;
  /** What must not happen to anybody. */
  readonly mistakes: string[];
};

/** `patience`: for how many seconds somebody presses a button again, once at least. */
export const newTally = (patience = 1): Tally => ({
  patience,
  kills: 0,
  requests: 0,
  failed: 0,
  failedAgain: 0,
  logins: { in: 0, told: 0, late: 0 },
  typed: new Map(),
  mistakes: [],
});

/** A browser without scripts: it keeps its cookies, the proxy's among them. */
export type Visitor = {
  /** The value of a cookie whose name ends so; null: none. */
  readonly cookie: (ending: string) => string | null;
  /** All of them, as a request brings them along. */
  readonly cookies: () => string;
  /** A page, or what a form answers; null where it failed, and failed each time that it was sent again: then that is noted as a mistake. */
  readonly open: (path: string) => Promise<Got | null>;
  readonly submit: (path: string, fields: Fields) => Promise<Got | null>;
};

/** So many seconds after a failure that says nothing about it somebody presses the button again; one that says when is taken at its word. */
const rest = 1;

type Failure = { readonly words: string; readonly retryAfter: number };

export function newVisitor(url: string, tally: Tally): Visitor {
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const once = async (send: () => Promise<Got>): Promise<Got | Failure> => {
    tally.requests += 1;
    const got = await send().catch((fault: unknown) => ({ words: String(fault), retryAfter: rest }));
    if ("words" in got) return got;
    for (const line of got.setCookies) keep(jar, line);
    return got.status >= 500 ? { words: `${got.status} ${wordsOf(got)}`, retryAfter: retryAfterOf(got) } : got;
  };
  const again = async (what: string, send: () => Promise<Got>): Promise<Got | null> => {
    const first = await once(send);
    if (!("words" in first)) return first;
    tally.failed += 1;
    let last = first;
    for (let waited = 0; waited < tally.patience; ) {
      const { kills } = tally;
      const { retryAfter } = last;
      await pause(retryAfter * 1_000);
      const next = await once(send);
      if (!("words" in next)) return next;
      if (last === first) tally.failedAgain += 1;
      last = next;
      if (tally.kills === kills) waited += retryAfter;
    }
    tally.mistakes.push(`${what} failed again and again: ${first.words}, at last ${last.words}`);
    return null;
  };
  return {
    cookies,
    cookie: (ending) => [...jar].find(([name, value]) => name.endsWith(ending) && value !== "")?.[1] ?? null,
    open: (path) => again(`GET ${path}`, () => ask(url, path, { headers: { cookie: cookies() } })),
    submit: (path, fields) => again(`POST ${path}`, () => post(url, path, fields, { cookie: cookies() })),
  };
}

/** When an answer that failed asks to be sent again, in seconds (`Retry-After`, RFC 9110, 10.2.3). */
const retryAfterOf = ({ headers }: Got): number => Math.max(rest, Number(headers["retry-after"]) || 0);

/** What a person reads of an answer that failed: beside the form, or else its title, which tells the proxy's from ours. */
const wordsOf = ({ body }: Got): string => alertsIn(body) || (body.match(/<title>([^<]*)/)?.[1] ?? "without a word");

function keep(jar: Map<string, string>, line: string): void {
  const [pair = ""] = line.split(";");
  const at = pair.indexOf("=");
  const value = pair.slice(at + 1);
  if (value === "" || /max-age=0\b|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(pair.slice(0, at));
  else jar.set(pair.slice(0, at), value);
}

/** Where an answer leads, as a path; null where it is a page. */
export function leadsTo({ headers: { location } }: Got, url: string): string | null {
  if (location === undefined) return null;
  const { pathname, search } = new URL(location, url);
  return pathname + search;
}
