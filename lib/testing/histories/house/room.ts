import "@/lib/testing/cheap-hashing";
import type { Pass } from "@/lib/challenge/challenge";
import { prepareAnswer } from "@/lib/challenge/prepare-answer";
import { startStepUp } from "@/lib/challenge/start-step-up";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { usableKinds } from "@/lib/factors/on-offer";
import { earlier } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { type FreshAction, wantedBy } from "@/lib/policy/freshness";
import { policy } from "@/lib/policy/policy";
import { type CurrentSession, isFresh } from "@/lib/sessions/session";
import { findLiveSession, touchSession } from "@/lib/sessions/store";
import { type Said, said } from "@/lib/testing/histories/model/said";
import { mustBind } from "@/lib/testing/histories/must-bind";
import { type Cookies, saidOf, type World } from "@/lib/testing/histories/world";

export type Room = { readonly ctx: Ctx; readonly world: World };

export const at = ({ ctx }: Room, { ip, agent }: Cookies): Ctx => ({ ...ctx, now: ctx.now, visitor: { ip, agent } });

export function browserOf({ world }: Room, index: number): Cookies {
  const browser = world.browsers[index];
  if (!browser) throw new Error(`There is no browser ${index}.`);
  return browser;
}

/** As `lib/web/guard` has it, without the framework: the session of this browser, whose use is noted. */
export async function sessionOf(room: Room, browser: Cookies): Promise<CurrentSession | null> {
  const ctx = at(room, browser);
  const session = browser.session === null ? null : await findLiveSession(ctx, sha256(browser.session));
  const before = earlier(ctx.now, policy.session.touchEvery);
  if (session && session.lastSeenAt <= before) await touchSession(ctx, session.id, before);
  return session;
}

type Here = { readonly ctx: Ctx; readonly browser: Cookies; readonly session: CurrentSession };

/** Runs `work` for somebody in a session, who owes nothing unless said otherwise, with a fresh proof where one is asked for. */
export async function inSession(
  room: Room,
  index: number,
  asked: { readonly fresh?: FreshAction; readonly mayOwe?: boolean },
  work: (here: Here) => Promise<Said>,
): Promise<Said> {
  const browser = browserOf(room, index);
  const session = await sessionOf(room, browser);
  const ctx = at(room, browser);
  if (session === null) return said("log in");
  if (asked.mayOwe !== true && mustBind(session, ctx.now)) return said("bind first");
  const { fresh } = asked;
  if (fresh === undefined || isFresh(session, ctx.now, { askable: usableKinds(session), wants: wantedBy(fresh) }))
    return work({ ctx, browser, session });
  return askForProof({ ctx, browser, session }, fresh);
}

export async function askForProof({ ctx, browser, session }: Here, action: FreshAction): Promise<Said> {
  browser.pass = await startStepUp(ctx, { session, action, returnTo: "/security" });
  await sendFirst(ctx, browser.pass, session.id);
  return said("prove");
}

/** As `lib/web/send-first-code`: what cannot be sent now holds nobody up. */
export async function sendFirst(ctx: Ctx, pass: Pass, sessionId: string | null): Promise<void> {
  try {
    await prepareAnswer(ctx, { pass, kind: null, factorId: null, sessionId, onlyFirst: true });
  } catch (error) {
    if (!(error instanceof DomainError) || !error.id.startsWith("post.")) throw error;
  }
}

/** Runs `work` for a browser between the doors. */
export async function between(
  room: Room,
  index: number,
  work: (here: {
    readonly ctx: Ctx;
    readonly browser: Cookies;
    readonly pass: Pass;
    readonly sessionId: string | null;
  }) => Promise<Said>,
): Promise<Said> {
  const browser = browserOf(room, index);
  const session = await sessionOf(room, browser);
  if (browser.pass === null) return said("over");
  return work({ ctx: at(room, browser), browser, pass: browser.pass, sessionId: session?.id ?? null });
}

export async function refusalOr({ world }: Room, work: () => Promise<Said>): Promise<Said> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) return saidOf(error, world.now);
    throw error;
  }
}
