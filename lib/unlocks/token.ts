import type { RawCtx } from "@/lib/context/context";
import { mac, macs, sameText, sha256 } from "@/lib/crypto/digest";
import { tokenIn } from "@/lib/kernel/pasted-token";

/** `unl_`: a letter's link. `unw_`: a browser that waits, and then may try. 256 random bits each; only their SHA-256 is stored. */
type Prefix = "unl_" | "unw_";

export const newUnlockToken = (ctx: RawCtx, prefix: Prefix): string => prefix + ctx.random.token();

/** The hash to look a token up by, or null for what can be none: it never reaches the database. */
export function unlockHash(token: unknown, prefix: Prefix): string | null {
  const made = typeof token === "string" ? tokenIn(token) : "";
  return made.startsWith(prefix) && /^[a-z]{3}_[\w-]{43}$/.test(made) ? sha256(made) : null;
}

const partsOf = (id: string, code: string) => [id, "unlock", "unlock", code];

export const unlockCodeHash = (id: string, code: string): string => mac("mac:otp", partsOf(id, code));

/** Under any key of the ring: a code that is on its way while the keys change is still right. */
export const isUnlockCode = (hash: string, id: string, code: string): boolean =>
  macs("mac:otp", partsOf(id, code)).filter((one) => sameText(hash, one)).length > 0;
