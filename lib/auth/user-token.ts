import * as z from "zod";
import { readToken, signToken } from "@/lib/crypto/signed-token";

/** A salt of its own separates this kind of token from all others. */
const salt = "lane.user-token.v1";

const claims = z.object({
  sub: z.string().min(1).max(64),
  sid: z.string().min(1).max(64),
  jti: z.string().regex(/^ses_[\w-]{43}$/),
  iat: z.number(),
  exp: z.number(),
});

/** What an app's user token says: whose, of which session, and the secret whose hash that session's row keeps. */
export type UserToken = {
  readonly userId: string;
  readonly sessionId: string;
  readonly secret: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
};

/**
 * The user token of an app: a signed JWT (RFC 7519), because clients read `sub` and `data.id` in it. It lives as long as its session, 24 hours.
 * Its claims authorise nothing: the session's row is asked at every call.
 */
export function signUserToken(appId: string, token: UserToken): Promise<string> {
  const { userId, sessionId, secret } = token;
  return signToken(salt, {
    sub: userId,
    aud: appId,
    sid: sessionId,
    jti: secret,
    iat: inWholeSeconds(token.issuedAt),
    exp: inWholeSeconds(token.expiresAt),
    data: { id: userId, userPoolId: poolId, appId, arn: arnOf(userId) },
  });
}

/** What a token of this app says; null for anything forged, expired, of another app or of another kind. */
export async function readUserToken(appId: string, token: string, now: Date): Promise<UserToken | null> {
  const read = claims.safeParse(await readToken(salt, token, { audience: appId, now }));
  if (!read.success) return null;
  const { sub: userId, sid: sessionId, jti: secret, iat, exp } = read.data;
  return { userId, sessionId, secret, issuedAt: fromSeconds(iat), expiresAt: fromSeconds(exp) };
}

/** The one user pool there is, by the name that clients carry around. */
export const poolId = "sallyport";

/** The resource name of a person, in the shape that clients expect. */
export const arnOf = (userId: string): string => `arn:sallyport:user:${userId}`;

const inWholeSeconds = (moment: Date) => Math.floor(moment.getTime() / 1000);
const fromSeconds = (seconds: number) => new Date(seconds * 1000);
