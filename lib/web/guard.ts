import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { findCurrentSession } from "@/lib/auth/current-session";
import { decodeMfaToken } from "@/lib/auth/mfa-token";
import type { Pass } from "@/lib/challenge/challenge";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { keepsCookies } from "@/lib/cookies/probe";
import { answerableOf, usableKinds } from "@/lib/factors/on-offer";
import { DomainError } from "@/lib/kernel/errors";
import { late } from "@/lib/kernel/late";
import { type FreshAction, wantedBy } from "@/lib/policy/freshness";
import { demandOn, mustBind, mustProve } from "@/lib/policy/second-factor";
import { type Actor, actorOf } from "@/lib/sessions/acting-session";
import { type CurrentSession, isFresh } from "@/lib/sessions/session";
import { buildContext } from "@/lib/web/build-context";
import { cookieNames, readCookie } from "@/lib/web/cookie-jar";
import { loginPath } from "@/lib/web/return-to";

/** Who may pass: lets through and says who it is, or redirects. Every action names one; every private page awaits one. */
export type Who<Person> = (ctx: Ctx) => Promise<Person>;

/** A person in a session, as the use-cases want them. */
export type Person = Actor & { readonly session: CurrentSession };

/** Somebody between the doors. `sessionId`: their live session, when the challenge is a step-up. */
export type Challenged = { readonly pass: Pass; readonly sessionId: string | null };

/** The session of this request, read once, or null. */
export const currentSession = cache(async (): Promise<CurrentSession | null> => {
  const cookie = await readCookie("session");
  return cookie === undefined ? null : findCurrentSession(await buildContext(), cookie);
});

/** Everybody, known or not. */
export const anyone: Who<null> = async () => null;

/**
 * Everybody whose browser keeps cookies. Without them whatever the first door opens would be lost at once, and the link or the try with it:
 * so it is told before anything is looked at or consumed. For the forms of the pages that `isFirstDoor` names.
 */
export const cookieKeeper: Who<null> = async () => {
  if (!keepsCookies(await cookieNames())) throw new DomainError("cookies.not_kept");
  return null;
};

/** A session, of whoever has done all that policy asks; a person who must still bind a factor, or prove anew by what is strong enough, or read that the portal was set back, is led there. */
export const signedIn: Who<Person> = async (ctx) => {
  const person = await enrolling(ctx);
  if (mustStillEnrol(person.session, ctx.now)) redirect("/security/factors/new");
  if (mustProveAnew(person.session, ctx.now))
    redirect(`/challenge/start?for=factor.add&returnTo=${encodeURIComponent(await ownPath())}`);
  if (person.session.setBackTo !== null) redirect("/security/set-back");
  return person;
};

/** A session, also of somebody who must still bind a factor: only enrolment and logging out are open to them. */
export const enrolling: Who<Person> = async () => {
  const session = await currentSession();
  if (session) return asPerson(session);
  return redirect(loginPath(await ownPath(), await holdsSession()));
};

/** Whether this browser brings a session along, whatever became of it. */
export const holdsSession = async (): Promise<boolean> => (await readCookie("session")) !== undefined;

const ownPath = async (): Promise<string> => (await headers()).get("x-pathname") ?? "/security";

/** The mfaToken of this browser and its live session, each or null. Pages ask this, because they say what is missing. */
export const betweenDoors = async (): Promise<{ readonly pass: Pass | null; readonly sessionId: string | null }> => ({
  pass: decodeMfaToken(await readCookie("second-door")),
  sessionId: (await currentSession())?.id ?? null,
});

/** The mfaToken of this browser alone, or null: for the first door, which asks nothing else of it. */
export const passOfBrowser = async (): Promise<Pass | null> => decodeMfaToken(await readCookie("second-door"));

/** Somebody who holds a live mfaToken. Whether its challenge is still open, the use-case finds out. */
export const challenged: Who<Challenged> = async () => {
  const { pass, sessionId } = await betweenDoors();
  if (!pass) throw new DomainError("challenge.expired");
  return { pass, sessionId };
};

/** With all kinds of factors, which a page that only looks does not need. */
const asking = late(() => import("@/lib/web/ask-for-proof"));

/**
 * For actions that weaken or move protection: a session with a fresh proof. Without one, the action does nothing: it opens a step-up
 * and leads there; afterwards the person is back at `returnTo` and asks again.
 */
export function fresh(action: FreshAction, returnTo: string): Who<Person> {
  return async (ctx) => {
    const person = action === "factor.add" ? await enrolling(ctx) : await signedIn(ctx);
    if (isGoodFor(person, action, ctx.now)) return person;
    const { askForProof } = await asking();
    return askForProof(ctx, { session: person.session, action, returnTo });
  };
}

/** The same for a page: a GET writes nothing, so it only leads to a page with the button that asks. */
export async function freshPage(ctx: Ctx, action: FreshAction, path: string): Promise<Person> {
  const person = action === "factor.add" ? await enrolling(ctx) : await signedIn(ctx);
  if (isGoodFor(person, action, ctx.now)) return person;
  return redirect(`/challenge/start?for=${action}&returnTo=${encodeURIComponent(path)}`);
}

const isGoodFor = ({ session }: Person, action: FreshAction, now: Date): boolean =>
  isFresh(session, now, { askable: usableKinds(session), wants: wantedBy(action) });

/** Policy asks this person for more than they can answer with, or for more than they came in by: asked at every request, so that a tightened one holds at once. */
export const mustStillEnrol = (session: Limited, now: Date): boolean =>
  mustBind(session, demandOn(session, config().secondFactor, now), answerableOf(session.held, session));

/** Policy takes what proved this session no longer, and they hold something that it takes: asked at every request too. */
export const mustProveAnew = (session: Limited, now: Date): boolean =>
  mustProve(session, demandOn(session, config().secondFactor, now), answerableOf(session.held, session));

type Limited = Pick<CurrentSession, "isAdmin" | "policy" | "held" | "provenWith">;

const asPerson = (session: CurrentSession): Person => ({ ...actorOf(session), session });
