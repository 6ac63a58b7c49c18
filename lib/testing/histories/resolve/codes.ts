import { stepAt } from "@/lib/testing/histories/model/judge";
import type { Code, Signed } from "@/lib/testing/histories/model/said";
import type { Challenge, Factor, Kind, Person, State } from "@/lib/testing/histories/model/state";
import { among } from "@/lib/testing/histories/resolve/scene";

type Asked = {
  readonly person: Person;
  readonly challenge: Challenge;
  readonly kind: Kind;
  readonly how: string;
  readonly pick: number;
};

export function codeFor(state: State, asked: Asked): Code | null {
  const { kind, how } = asked;
  if (how === "malformed") return "malformed";
  if (how === "wrong") return "wrong";
  if (kind === "password") return { password: how === "replay" ? asked.person.password - 1 : asked.person.password };
  if (kind === "passkey") return signedBy(state, asked);
  if (kind === "totp") return appCode(state, asked);
  if (kind === "recovery") return savedCode(state, asked);
  return sentCode(state, asked);
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

/** Later than the last time, about this very step; or not. */
function signedBy(state: State, { person, how, pick }: Asked): Code {
  const owner = how === "foreign" ? (state.people.find((one) => one !== person) ?? person) : person;
  const factor = among(
    owner.factors.filter(({ kind }) => kind === "passkey"),
    pick >> 1,
  );
  return factor?.key ? { ...signedWith(factor, how, pick), here: how !== "early" } : "wrong";
}

/** One that is synced counts only once in a while. */
export function signedWith({ name, key }: Factor, how: string, pick: number): Omit<Signed, "here"> {
  const { counter = 0, verifies = true, isSynced = false, isUnasked = false } = key ?? {};
  const isStill = how === "replay" || (isSynced && pick % 3 > 0);
  return { key: name, counter: isStill ? counter : counter + 1, verified: (verifies || isUnasked) && how !== "stale" };
}

function savedCode({ saved }: State, { person, how, pick }: Asked): Code {
  const used = Array.from({ length: saved }, (_, index) => `r${index + 1}`).filter(
    (name) => !person.codes.includes(name),
  );
  const name = how === "right" ? among(person.codes, pick) : among(used, pick);
  return name === undefined ? "wrong" : { saved: name };
}

/** The last that was sent here; or one that is spent, or of somewhere else. */
function sentCode({ sent, now }: State, { challenge, kind, how, pick }: Asked): Code | null {
  const ofKind = sent.filter((one) => one.kind === kind);
  const here = ofKind.filter(
    (one) => one.challenge === challenge && !one.isSpent && (one.until > now || how !== "right"),
  );
  const code = how === "right" ? (here.at(-1 - (pick % 2)) ?? here.at(-1)) : among(ofKind, pick);
  if (code) return { sent: code.place };
  return how === "right" ? null : "wrong";
}
