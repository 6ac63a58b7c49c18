import { recordEvent } from "@/lib/audit/record-event";
import { signUserToken, type UserToken } from "@/lib/auth/user-token";
import type { Opened } from "@/lib/challenge/claim-login";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { earlier } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import type { CurrentSession } from "@/lib/sessions/session";
import { findLiveSession, replaceToken, touchSession } from "@/lib/sessions/store";

/** A live session of an app, and the token that named it. */
export type ApiSession = { readonly session: CurrentSession; readonly token: UserToken };

/**
 * Token → row: who uses this app, or null. The token was opened for this app before. The row is read at every call, so that a session that was ended, or another app's, is over at once.
 * Its last use is noted at most once a minute.
 */
export async function findApiSession(ctx: Ctx, appId: string, token: UserToken): Promise<ApiSession | null> {
  const session = await findLiveSession(ctx, sha256(token.secret), appId);
  if (session?.id !== token.sessionId || session.userId !== token.userId) return null;
  const before = earlier(ctx.now, policy.session.touchEvery);
  if (session.lastSeenAt <= before) await touchSession(ctx, session.id, before);
  return { session, token };
}

/** The user token of a session that was just opened through an app. */
export function tokenOfOpened(ctx: Ctx, appId: string, opened: Opened): Promise<string> {
  const { userId, sessionId, sessionToken: secret, expiresAt } = opened;
  return signUserToken(appId, { userId, sessionId, secret, issuedAt: ctx.now, expiresAt });
}

/** Another token in the place of this one, which opens nothing any more; the session's end does not move. Null for all callers but one. */
export async function refreshUserToken(
  ctx: Ctx,
  appId: string,
  { token }: ApiSession,
): Promise<{ readonly value: string; readonly token: UserToken } | null> {
  const fresh = { ...token, secret: `ses_${ctx.random.token()}`, issuedAt: ctx.now };
  const change = { id: token.sessionId, from: sha256(token.secret), to: sha256(fresh.secret) };
  const isReplaced = await inTransaction(ctx, async (tx) => {
    if (!(await replaceToken(tx, change))) return false;
    const { userId: subjectId, sessionId } = token;
    await recordEvent(tx, { name: "session.token_replaced", subjectId, sessionId });
    return true;
  });
  return isReplaced ? { value: await signUserToken(appId, fresh), token: fresh } : null;
}
