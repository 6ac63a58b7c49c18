import type { Outcome } from "@/lib/delivery/channel";
import { later } from "@/lib/kernel/duration";
import { letterRules } from "@/lib/policy/letter-rules";

/** What is done with a letter after a try. `fault` is for the operator. */
export type Verdict =
  | { readonly kind: "sent" }
  | { readonly kind: "wait"; readonly until: Date; readonly fault: string }
  | { readonly kind: "park"; readonly fault: string; readonly keep: boolean };

type Tried = { readonly tries: number; readonly urgent: boolean; readonly expiresAt: Date | null };

/**
 * Judges a try, the `tries`th. The waits between retries grow (backoff), or are the provider's own if longer. A letter that could be tried again only when nobody wants
 * it any more is given up at once, as one is that was refused for good or has failed often enough. A notice that was refused or has
 * used up its tries keeps its content: it may leave once the operator has mended the way, and a refusal is often about the sender. A
 * code never does.
 */
export function verdictOn(outcome: Outcome, { tries, urgent, expiresAt }: Tried, now: Date): Verdict {
  if (outcome.kind === "sent") return { kind: "sent" };
  const fault = inOneLine(outcome.reason);
  if (outcome.kind === "never") return { kind: "park", fault, keep: !urgent };
  const wait = letterRules.waits[tries - 1];
  if (wait === undefined || tries >= letterRules.tries) return { kind: "park", fault, keep: !urgent };
  const asked = outcome.retryAfter ?? wait;
  const until = later(now, asked > wait ? asked : wait);
  if (expiresAt !== null && until >= expiresAt) return { kind: "park", fault: `too late; ${fault}`, keep: false };
  return { kind: "wait", until, fault };
}

/** A provider's words are a stranger's: one line of bounded length. */
export const inOneLine = (reason: string): string =>
  reason
    .slice(0, 1024)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 200);
