import type { RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { tokenIn } from "@/lib/kernel/pasted-token";

/** What a one-time link may be for, as its row has it; part of every look-up, so that one kind never passes for another. */
export type LinkPurpose = "setup" | "invitation" | "registration" | "reset" | "revert" | AlarmPurpose;
export type AlarmPurpose = "alarm.device" | "alarm.second_step";

const prefixes = {
  setup: "set_",
  invitation: "inv_",
  registration: "reg_",
  reset: "rst_",
  revert: "rvt_",
  "alarm.device": "alm_",
  "alarm.second_step": "alm_",
} as const satisfies Record<LinkPurpose, string>;

/** A new token for a link: its purpose and 256 random bits. Only its SHA-256 is stored. */
export const newLinkToken = (ctx: RawCtx, purpose: LinkPurpose): string => prefixes[purpose] + ctx.random.token();

/** The hash to look a token up by, or null for what can be no token of this purpose: it never reaches the database. */
export function linkHash(token: unknown, purpose: LinkPurpose): string | null {
  const made = typeof token === "string" ? tokenIn(token) : "";
  return made.startsWith(prefixes[purpose]) && /^[a-z]{3}_[\w-]{43}$/.test(made) ? sha256(made) : null;
}
