import * as z from "zod";
import { openToken, sealToken, type TokenKind } from "@/lib/crypto/sealed-token";
import { inSeconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** How the session cookie's value is sealed, whatever the cookie's name is at this address. It is opened at every request. */
export const sessionSeal: TokenKind = { salt: "__Host-session", enc: "A256GCM" };

const claims = z.object({ sid: z.string().regex(/^ses_[\w-]{43}$/) });

/** The token of the session's row in a cookie's value, or null for anything forged, expired, of another kind or damaged. */
export function readSessionCookie(value: string | undefined): string | null {
  const read = claims.safeParse(openToken(sessionSeal, value));
  return read.success ? read.data.sid : null;
}

/** A cookie's value for a session's token, as next-auth writes it at a login. */
export function sealSessionCookie(token: string, userId: string): string {
  return sealToken(sessionSeal, { sub: userId, sid: token }, inSeconds(policy.session.lifetime));
}
