import { encode } from "next-auth/jwt";
import { z } from "zod";
import type { Pass } from "@/lib/challenge/challenge";
import { config } from "@/lib/config/config";
import { openToken, type TokenKind } from "@/lib/crypto/sealed-token";
import { type Duration, inSeconds } from "@/lib/kernel/duration";
import { portalLane } from "@/lib/kernel/portal-lane";
import { policy } from "@/lib/policy/policy";

/** A salt of its own separates the kinds of tokens: a session decoded as an mfaToken, or the reverse, does not open. */
const kind: TokenKind = { salt: "portal.mfa-token.v1", enc: "A256CBC-HS512" };

const claims = z.object({
  purpose: z.literal("mfa"),
  lane: z.string().min(1).max(64),
  cid: z.string().min(1).max(64),
  tid: z.string().min(1).max(64),
  sub: z.string().min(1).max(64),
});

/**
 * The intermediate mfaToken: a cookie of the portal's pages, or what an app is given. Made by next-auth's own `encode` (a JWE, A256CBC-HS512); an app's lives 360 s, as long as its challenge, a browser's `life` outlives it a little. It names a challenge and is never a session.
 * Nothing is authorised by what it says; the challenge's row is the truth.
 */
export function encodeMfaToken(
  { challengeId, tokenId, lane }: Pass,
  userId: string,
  life: Duration = policy.challenge.lifetime,
): Promise<string> {
  return encode({
    token: { purpose: "mfa", lane, cid: challengeId, tid: tokenId, sub: userId },
    secret: [...config().authSecrets.reveal()],
    salt: kind.salt,
    maxAge: inSeconds(life),
  });
}

/** The pass in an mfaToken of a lane, or null for anything forged, expired, truncated, of another kind or of another lane. */
export async function decodeMfaToken(token: string | undefined, lane: string = portalLane): Promise<Pass | null> {
  const read = claims.safeParse(await openToken(kind, token));
  if (!read.success || read.data.lane !== lane) return null;
  return { challengeId: read.data.cid, tokenId: read.data.tid, lane };
}
