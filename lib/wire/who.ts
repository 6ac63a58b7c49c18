import { demandsOf } from "@/lib/apps/demands-of";
import { findLaneSession, type LaneSession, tokenOfOpened } from "@/lib/auth/lane-session";
import { decodeMfaToken } from "@/lib/auth/mfa-token";
import type { Pass } from "@/lib/challenge/challenge";
import type { Opened } from "@/lib/challenge/claim-login";
import { config } from "@/lib/config/config";
import { answerableOf, usableKinds } from "@/lib/factors/on-offer";
import { ensure } from "@/lib/kernel/assert";
import { DomainError } from "@/lib/kernel/errors";
import { findProfile, type Profile } from "@/lib/overview/store";
import { demandOn, demandThrough, stillOwed } from "@/lib/policy/second-factor";
import { isFresh } from "@/lib/sessions/session";
import type { Caller } from "@/lib/wire/operation";
import { userView } from "@/lib/wire/user-view";

/** The login that the caller's mfaToken names. Throws `challenge.expired` for anything else; whether it is still open, the use-case finds out. */
export async function passOf({ app, bearer }: Caller): Promise<Pass> {
  const pass = await decodeMfaToken(bearer ?? undefined, app.id);
  if (!pass) throw new DomainError("challenge.expired");
  return pass;
}

/** The session that the caller's user token names. Throws `wire.not_signed_in`. */
export async function sessionOf({ ctx, app, bearer }: Caller): Promise<LaneSession> {
  const found = bearer === null ? null : await findLaneSession(ctx, app.id, bearer);
  if (!found) throw new DomainError("wire.not_signed_in");
  return found;
}

/** The same of somebody who owes no second factor: a stricter policy holds at the next call. Throws `wire.factor_owed` too. */
export async function settledSessionOf(caller: Caller): Promise<LaneSession> {
  const found = await sessionOf(caller);
  const { ctx, app } = caller;
  const demand = demandOn(found.session, config().secondFactor, ctx.now);
  const isOwed = stillOwed(demandThrough(await demandsOf(ctx, app.id), demand), answerableOf(found.session.held)) > 0;
  if (isOwed) throw new DomainError("wire.factor_owed");
  return found;
}

/** The same with a proof of at most ten minutes, of the strongest kind that the account has. Throws `wire.proof_needed` too. */
export async function freshSessionOf(caller: Caller): Promise<LaneSession> {
  const found = await sessionOf(caller);
  if (!isFresh(found.session, caller.ctx.now, usableKinds())) throw new DomainError("wire.proof_needed");
  return found;
}

/** A sealed token has five parts (JWE), a signed one three (JWS): which of the two a caller means who may bring either. */
export const bringsMfaToken = ({ bearer }: Caller): boolean => bearer !== null && bearer.split(".").length === 5;

export async function profileOf({ ctx }: Pick<Caller, "ctx">, userId: string): Promise<Profile> {
  const profile = await findProfile(ctx, userId);
  ensure(profile, "whoever was just recognised has an account");
  return profile;
}

/** The user whose session was just opened, with its token. */
export async function openedUser(caller: Caller, opened: Opened): Promise<Readonly<Record<string, unknown>>> {
  const { ctx, app } = caller;
  const value = await tokenOfOpened(ctx, app.id, opened);
  return userView(await profileOf(caller, opened.userId), { value, expiresAt: opened.expiresAt });
}
