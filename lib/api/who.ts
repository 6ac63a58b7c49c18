import type { Caller } from "@/lib/api/operation";
import { userView } from "@/lib/api/user-view";
import type { App } from "@/lib/apps/app";
import { demandsOf } from "@/lib/apps/demands-of";
import { type ApiSession, findApiSession, tokenOfOpened } from "@/lib/auth/api-session";
import { decodeMfaToken } from "@/lib/auth/mfa-token";
import { readUserToken } from "@/lib/auth/user-token";
import type { Pass } from "@/lib/challenge/challenge";
import type { Opened } from "@/lib/challenge/claim-login";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { answerableOf, usableKinds } from "@/lib/factors/on-offer";
import { ensure } from "@/lib/kernel/assert";
import { DomainError } from "@/lib/kernel/errors";
import { demandOn, demandThrough, mustBind, mustProve } from "@/lib/policy/second-factor";
import { isFresh } from "@/lib/sessions/session";
import { findProfile } from "@/lib/users/profile/store";
import type { Profile } from "@/lib/users/user";

/** The login that the caller's mfaToken names. Throws `challenge.expired` for anything else; whether it is still open, the use-case finds out. */
export function passOf({ token }: Caller): Pass {
  if (token?.kind !== "mfa") throw new DomainError("challenge.expired");
  return token.pass;
}

/** The session that the caller's user token names. Throws `wire.not_signed_in`. */
export async function sessionOf({ ctx, app, token }: Caller): Promise<ApiSession> {
  const found = token?.kind === "user" ? await findApiSession(ctx, app.id, token.user) : null;
  if (!found) throw new DomainError("wire.not_signed_in");
  return found;
}

/** The same of somebody who owes no second factor: a stricter policy holds at the next call, also one that takes what proved the session no longer. Throws `wire.factor_owed` and `wire.proof_needed` too. */
export async function settledSessionOf(caller: Caller): Promise<ApiSession> {
  const found = await sessionOf(caller);
  const { ctx, app } = caller;
  const demand = demandOn(found.session, config().secondFactor, ctx.now);
  const { session } = found;
  const held = answerableOf(session.held, session);
  if (mustBind(session, demandThrough(await demandsOf(ctx, app.id), demand), held))
    throw new DomainError("wire.factor_owed");
  if (mustProve(session, demand, held)) throw new DomainError("wire.proof_needed");
  return found;
}

/** The same with a proof of at most ten minutes, of the strongest kind that the account has. Throws `wire.proof_needed` too. */
export async function freshSessionOf(caller: Caller): Promise<ApiSession> {
  const found = await sessionOf(caller);
  if (!isFresh(found.session, caller.ctx.now, { askable: usableKinds(found.session) }))
    throw new DomainError("wire.proof_needed");
  return found;
}

/**
 * What a bearer says to this app; null for anything forged, expired, of another app or of another kind. A sealed token has five parts (JWE), a
 * signed one three (JWS).
 */
export async function openBearer(
  ctx: Ctx,
  app: App,
  bearer: string | null,
): Promise<Pick<Caller, "token" | "looksLikeMfa">> {
  const looksLikeMfa = bearer !== null && bearer.split(".").length === 5;
  if (bearer === null) return { token: null, looksLikeMfa };
  const pass = looksLikeMfa ? decodeMfaToken(bearer, app.id) : null;
  if (pass) return { token: { kind: "mfa", pass }, looksLikeMfa };
  const user = looksLikeMfa ? null : await readUserToken(app.id, bearer, ctx.now);
  return { token: user ? { kind: "user", value: bearer, user } : null, looksLikeMfa };
}

export async function profileOf({ ctx }: Pick<Caller, "ctx">, userId: string): Promise<Profile> {
  const profile = await findProfile(ctx, userId);
  ensure(profile, "whoever was just recognised has an account");
  return profile;
}

/** The same of somebody who owes no second factor either. Throws what both do. */
export async function freshSettledSessionOf(caller: Caller): Promise<ApiSession> {
  await settledSessionOf(caller);
  return freshSessionOf(caller);
}

/**
 * The user of the session that called, with the very token that was presented: clients store whatever stands there, and would log themselves out
 * without it.
 */
export async function callingUser(caller: Caller, found: ApiSession): Promise<Readonly<Record<string, unknown>>> {
  const value = caller.token?.kind === "user" ? caller.token.value : "";
  return userView(await profileOf(caller, found.session.userId), { value, expiresAt: found.token.expiresAt });
}

/** The user whose session was just opened, with its token. Asks the database nothing: the session is there, and its holder must get it. */
export async function openedUser({ ctx, app }: Caller, opened: Opened): Promise<Readonly<Record<string, unknown>>> {
  const value = await tokenOfOpened(ctx, app.id, opened);
  return userView(opened.profile, { value, expiresAt: opened.expiresAt });
}
