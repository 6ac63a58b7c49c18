import { encode } from "next-auth/jwt";
import { z } from "zod";
import type { Pass } from "@/lib/challenge/challenge";
import { config } from "@/lib/config/config";
import { openToken, type TokenKind } from "@/lib/crypto/sealed-token";
import { type Duration, inSeconds } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

/** A salt of its own separates the kinds of tokens: a session decoded as an mfaToken, or the reverse, does not open. */
const kind: TokenKind = { salt: "portal.mfa-token.v1", enc: "A256CBC-HS512" };

const claims = z.object({
  purpose: z.literal("mfa"),
  lane: z.literal("portal"),
  cid: z.string().min(1).max(64),
  tid: z.string().min(1).max(64),
  sub: z.string().min(1).max(64),
});

/**
 * The intermediate mfaToken, made by next-auth's own `encode` (a JWE, A256CBC-HS512): 360 s (ten minutes while a factor is bound), it names a challenge and is never a session.
 * Nothing is authorised by what it says; the challenge's row is the truth.
 */
export function encodeMfaToken(
  { challengeId, tokenId }: Pass,
  userId: string,
  life: Duration = policy.challenge.lifetime,
): Promise<string> {
  return encode({
    token: { purpose: "mfa", lane: "portal", cid: challengeId, tid: tokenId, sub: userId },
    secret: [...config().authSecrets.reveal()],
    salt: kind.salt,
    maxAge: inSeconds(life),
  });
}

/** The pass in an mfaToken, or null for anything forged, expired, truncated or of another kind. */
export async function decodeMfaToken(token: string | undefined): Promise<Pass | null> {
  const read = claims.safeParse(await openToken(kind, token));
  return read.success ? { challengeId: read.data.cid, tokenId: read.data.tid } : null;
}
