import type { Outcome } from "@/lib/delivery/channel";
import { type Duration, seconds } from "@/lib/kernel/duration";

const longest = 160;

/** What is behind this is no reason any more. */
const longestRead = 1024;

/**
 * What a provider said, made safe for a log: one line, cut short, without addresses, numbers (codes, telephone numbers) and long
 * words that could be keys. A provider may echo all of these.
 */
export function safeText(text: string): string {
  const line = text
    .slice(0, longestRead)
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .replace(/[^ ]+/g, (word) => (word.includes("@") ? "…" : word))
    .replace(/\+?\d[\d ().-]{2,}\d/g, (number) => (number.replace(/\D/g, "").length < 4 ? number : "…"))
    .replace(/[\w+/=-]{12,}/g, withoutKeys)
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** A long word with a digit in it, or with a very long part: it could be a key. Names of errors are written with underscores. */
function withoutKeys(word: string): string {
  if (/\d/.test(word)) return "…";
  return word
    .split("_")
    .map((part) => (part.length >= 25 ? "…" : part))
    .join("_");
}

/** `NAME answered 422 (validation_error: …).` */
export function answered(provider: string, status: number | string, said: string): string {
  const words = safeText(said).replace(/\.$/, "");
  return words === "" ? `${provider} answered ${status}.` : `${provider} answered ${status} (${words}).`;
}

/** Nobody answered, or not in the way that was agreed: worth another try. */
export function unreached(provider: string, fault: unknown): Outcome {
  return { kind: "later", reason: `${provider} could not be reached (${codeOf(fault)}).` };
}

/** The code of a fault of the network, looked for where Node, its fetch and the clients put it; never its message. */
export function codeOf(fault: unknown): string {
  if (!(fault instanceof Error)) return "unknown";
  if ("originalCode" in fault && typeof fault.originalCode === "string") return safeText(fault.originalCode);
  if ("code" in fault && typeof fault.code === "string") return safeText(fault.code);
  return fault.cause instanceof Error ? codeOf(fault.cause) : safeText(fault.name);
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3), at most an hour; nothing when it is missing or a date. */
export function retryAfter(header: string | null | undefined): { readonly retryAfter?: Duration } {
  if (!header || !/^\d{1,9}$/.test(header)) return {};
  return { retryAfter: seconds(Math.min(Number(header), 3600)) };
}
