import type { RawCtx } from "@/lib/context/context";
import { macs, sameText, sha256 } from "@/lib/crypto/digest";
import { isOver, later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";

const [timeBytes, randomBytes, macBytes] = [6, 16, 32];

/**
 * The challenge of a sign-in without a name (WebAuthn level 3, 13.4.3): time, chance, and a MAC over both and the browser that it is for. So no row is written for a page that is
 * only looked at, and nobody uses one that another browser was handed. `browser`: what that one keeps in its cookie.
 */
export function newChallenge(ctx: RawCtx, browser: string): string {
  const body = Buffer.alloc(timeBytes + randomBytes);
  body.writeUIntBE(ctx.now.getTime(), 0, timeBytes);
  ctx.random.bytes(randomBytes).copy(body, timeBytes);
  const [mac = ""] = macsOf(body, browser);
  return Buffer.concat([body, Buffer.from(mac, "base64url")]).toString("base64url");
}

/** When this very browser was handed the challenge; null when it never was, or too long ago. Costs nothing but an HMAC. */
export function issuedAt(ctx: RawCtx, challenge: string, browser: string | null): Date | null {
  const bytes = Buffer.from(challenge, "base64url");
  if (browser === null || bytes.length !== timeBytes + randomBytes + macBytes) return null;
  if (bytes.toString("base64url") !== challenge) return null; // the one spelling of these bytes: each other would be spent by itself
  const [body, mac] = [bytes.subarray(0, timeBytes + randomBytes), bytes.subarray(timeBytes + randomBytes)];
  if (!macsOf(body, browser).some((own) => sameText(own, mac.toString("base64url")))) return null;
  const at = new Date(body.readUIntBE(0, timeBytes));
  return isOver(endOf(at), ctx.now) || at > later(ctx.now, policy.session.clockSkew) ? null : at;
}

/** When a challenge that was issued then is too old. */
export const endOf = (at: Date): Date => later(at, policy.signIn.lifetime);

const macsOf = (body: Buffer, browser: string): readonly string[] =>
  macs("mac:ceremony", ["sign-in", body.toString("base64url"), sha256(browser)]);
