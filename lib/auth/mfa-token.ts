import * as z from "zod";
import type { Pass } from "@/lib/challenge/challenge";
import { config } from "@/lib/config/config";
import { openToken, type TokenKind } from "@/lib/crypto/sealed-token";
import { type Duration, inSeconds } from "@/lib/kernel/duration";
import { late } from "@/lib/kernel/late";
import { portalClient } from "@/lib/policy/clients";
import { policy } from "@/lib/policy/policy";

/** A salt of its own separates the kinds of tokens: a session decoded as an mfaToken, or the reverse, does not open. */
const kind: TokenKind = { salt: "portal.mfa-token.v1", enc: "A256CBC-HS512" };

/** The claim that names the client, as apps keep it for six minutes and browsers in a cookie. */
const clientClaim = "lane";

const claims = z.object({
  purpose: z.literal("mfa"),
  [clientClaim]: z.string().min(1).max(64),
  cid: z.string().min(1).max(64),
  tid: z.string().min(1).max(64),
  sub: z.string().min(1).max(64),
});

/** Not before somebody passes the first door. */
const library = late(() => import("next-auth/jwt"));

/**
 * The mfaToken, the intermediate token between the doors: a cookie of the portal's pages, or what an app is given. Made by next-auth's own `encode` (a JWE, A256CBC-HS512); an app's lives 360 s, as long as its challenge, a browser's `life` outlives it a little. It names a challenge and is never a session.
 * Nothing is authorised by what it says; the challenge's row is the truth.
 */
export async function encodeMfaToken(
  { challengeId, tokenId, clientId }: Pass,
  userId: string,
  life: Duration = policy.challenge.lifetime,
): Promise<string> {
  const { encode } = await library();
  return encode({
    token: { purpose: "mfa", [clientClaim]: clientId, cid: challengeId, tid: tokenId, sub: userId },
    secret: [...config().authSecrets.reveal()],
    salt: kind.salt,
    maxAge: inSeconds(life),
  });
}

/** The pass in an mfaToken of a client, or null for anything forged, expired, truncated, of another kind or of another client. */
export function decodeMfaToken(token: string | undefined, clientId: string = portalClient): Pass | null {
  const read = claims.safeParse(openToken(kind, token));
  if (!read.success || read.data[clientClaim] !== clientId) return null;
  return { challengeId: read.data.cid, tokenId: read.data.tid, clientId };
}
