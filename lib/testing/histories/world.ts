import type { Pass } from "@/lib/challenge/challenge";
import { codeAt, matchStep, momentOf } from "@/lib/factors/totp/code";
import type { DomainError } from "@/lib/kernel/errors";
import type { Beginning } from "@/lib/testing/histories/model/people";
import type { Code, Said } from "@/lib/testing/histories/model/said";
import type { Kind } from "@/lib/testing/histories/model/state";
import type { SoftwareKey } from "@/lib/testing/software-key";

/** What a browser keeps. */
export type Cookies = {
  readonly ip: string;
  readonly agent: string;
  session: string | null;
  pass: Pass | null;
  device: string | null;
};

/** What a program of an app keeps: `pass` is what its mfaToken says, which is sealed anew for each call, for it dies by the hour of this machine. */
export type Program = {
  readonly ip: string;
  readonly agent: string;
  readonly app: string;
  pass: Pass | null;
  userToken: string | null;
};

/** Everything of a history that lies outside the portal: the hour, the browsers' cookies, and what people have seen or were sent. */
export type World = {
  now: number;
  /** Sets the names and addresses of this history apart from those of others. */
  readonly number: number;
  readonly people: { readonly userId: string; readonly email: string }[];
  readonly browsers: Cookies[];
  readonly programs: Program[];
  /** A factor's id → its name on both sides, and the other way round with its secret. */
  readonly names: Map<string, string>;
  readonly secrets: Map<string, { readonly factorId: string; readonly secret: string }>;
  readonly sent: string[];
  readonly saved: Map<string, string>;
  /** The passkeys in people's hands, by name, and the challenges that browsers were handed to sign in with. */
  readonly keys: Map<string, SoftwareKey>;
  readonly signIns: string[];
  savedCount: number;
  lastLetter: bigint;
  readonly digests: Map<string, string>;
  /** The link in the last letter about a change that waits, by whose it is and its kind. */
  readonly links: Map<string, string>;
};

export const appOf = (number: number, app: number): string => `app-${app}-of-${number}`;

export const newWorld = ({ number, now, browsers, clients }: Omit<Beginning, "people">): World => ({
  number,
  now,
  people: [],
  names: new Map(),
  secrets: new Map(),
  sent: [],
  saved: new Map(),
  keys: new Map(),
  signIns: [],
  savedCount: 0,
  lastLetter: 0n,
  digests: new Map(),
  links: new Map(),
  programs: clients.map(({ ip, app }, index) => ({
    ip,
    agent: `Program ${index}`,
    app: appOf(number, app),
    pass: null,
    userToken: null,
  })),
  browsers: browsers.map(({ ip }, index) => ({
    ip,
    agent: `Browser ${index}`,
    session: null,
    pass: null,
    device: null,
  })),
});

/** The passwords of a history, by number; below nought stand those that are never right. */
export function passwordOf(number: number): string {
  if (number === -1) return "not the password of anybody here";
  if (number === -2) return "too short";
  return `seven quiet herons at dawn ${number}`;
}

/** What is typed into the form of a kind that asks for a code. Wrong codes are certainly wrong: none of this moment, and none that was sent. */
export function withCode(world: World, kind: Exclude<Kind, "passkey">, code: Code): Readonly<Record<string, string>> {
  if (kind === "password") return { password: passwordText(code) };
  return { code: textOf(world, kind, code) };
}

function passwordText(code: Code): string {
  if (typeof code === "object" && "password" in code) return passwordOf(code.password);
  return code === "malformed" ? "" : passwordOf(-1);
}

type Coded = Exclude<Kind, "password" | "passkey">;

function textOf(world: World, kind: Coded, code: Code): string {
  if (code === "malformed") return "12";
  if (code === "wrong" || "password" in code || "key" in code) return wrongText(world, kind);
  if ("app" in code) return codeAt(world.secrets.get(code.app)?.secret ?? "", momentOf(code.step));
  return "sent" in code ? (world.sent[code.sent] ?? "") : (world.saved.get(code.saved) ?? "");
}

function wrongText({ now, secrets, sent }: World, kind: Coded): string {
  if (kind === "recovery") return "0000-0000-0000-0000";
  const isRight = (guess: string) =>
    kind === "totp"
      ? [...secrets.values()].some(
          ({ secret }) => /^[A-Z2-7]{32}$/.test(secret) && matchStep(secret, guess, new Date(now), 22) !== null,
        )
      : sent.includes(guess);
  for (let guess = 0; guess < 1_000; guess += 1) {
    const text = String(guess).padStart(kind === "email" ? 8 : 6, "0");
    if (!isRight(text)) return text;
  }
  throw new Error("Every guess is right.");
}

/** The words of the rules for the ids of refusals; an id that is not here is one that no rule speaks of. */
const wordOf: Readonly<Record<string, string>> = {
  "challenge.expired": "over",
  "login.wrong": "wrong",
  "totp.wrong_code": "wrong",
  "sms.wrong_code": "wrong",
  "email.wrong_code": "wrong",
  "recovery.wrong_code": "wrong",
  "password_proof.wrong": "wrong",
  "passkey.wrong": "wrong",
  "passkey.unverified": "unverified",
  "passkey.late": "late",
  "passkey.unknown": "unknown",
  "passkey.malformed": "malformed",
  "passkey.not_kept": "not kept",
  "password.wrong_current": "wrong",
  "totp.already_used": "used",
  "totp.malformed": "malformed",
  "sms.malformed": "malformed",
  "email.malformed": "malformed",
  "recovery.malformed": "malformed",
  "password_proof.malformed": "malformed",
  "throttle.too_many": "wait",
  "throttle.start_over": "start over",
  "throttle.closed": "closed",
  "post.too_soon": "too soon",
  "post.no_more": "no more",
  "post.too_many": "too many",
  "post.nothing_sent": "nothing sent",
  "post.yours_already": "yours already",
  "factors.enrolment_gone": "gone",
  "factors.gone": "gone",
  "factors.too_many": "too many of them",
  "factors.not_offered": "not offered",
  "pending.over": "gone",
  "pending.no_factor": "no factor",
  "factors.last_one": "last one",
  "factors.needed": "needed",
  "totp.clock_behind": "clock behind",
  "totp.clock_ahead": "clock ahead",
  "password.logged_out": "logged out",
  "password.same_as_before": "the same",
  "password.too_short": "too short",
  "account.changed_meanwhile": "changed meanwhile",
};

export function saidOf({ id, more }: DomainError, now: number): Said {
  const waits = more.retryAt === undefined ? {} : { waits: more.retryAt.getTime() - now };
  return { said: wordOf[id] ?? id, ...waits, ...(more.besides === undefined ? {} : { last: true }) };
}
