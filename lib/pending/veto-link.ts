import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { tokenIn } from "@/lib/kernel/pasted-token";

const prefix = "vet_";

/** The link of a change's letters: 256 random bits, stored as their SHA-256. It stops the change and does nothing else, so all letters carry the same. */
export function newVetoLink(ctx: RawCtx): { readonly hash: string; readonly link: string } {
  const token = prefix + ctx.random.token();
  return { hash: sha256(token), link: `${config().appUrl}/veto/${token}` };
}

/** The hash to look a token up by, or null for what can be none: it never reaches the database. */
export function vetoHash(token: unknown): string | null {
  const made = typeof token === "string" ? tokenIn(token) : "";
  return /^vet_[\w-]{43}$/.test(made) ? sha256(made) : null;
}
