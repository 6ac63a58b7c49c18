import { readSessionCookie } from "@/lib/auth/session-cookie";
import type { Ctx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { earlier } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import type { CurrentSession } from "@/lib/sessions/session";
import { findLiveSession, touchSession } from "@/lib/sessions/store";

/**
 * Cookie → token → row: who is here, or null. The row is read at every request (ASVS 5.0, 7.2.1), so that an ended session is over at once.
 * Its last use is noted at most once a minute. A database that fails makes this throw: never a login page, never a yes.
 */
export async function findCurrentSession(ctx: Ctx, cookie: string | undefined): Promise<CurrentSession | null> {
  const token = readSessionCookie(cookie);
  if (token === null) return null;
  const session = await findLiveSession(ctx, sha256(token));
  const before = earlier(ctx.now, policy.session.touchEvery);
  if (session && session.lastSeenAt <= before) await touchSession(ctx, session.id, before);
  return session;
}
