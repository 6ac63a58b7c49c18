import { DomainError } from "@/lib/kernel/errors";
import { policy } from "@/lib/policy/policy";

/** Joiners (U+200C, U+200D) show nothing alone, but hold emoji and some scripts together. */
const joiners = /[\u200c\u200d]/gu;

/** Longer than any name written with marks apart from their letters. Sorting the marks of a longer text for NFC would cost the square of their number. */
const longestTyped = 1024;

/**
 * A name that a person gives a factor: NFC, trimmed, no control or direction characters, 1 to 64 code points. Empty: `otherwise`.
 * Throws `factors.label_malformed`.
 */
export function readLabel(typed: string, otherwise: string): string {
  if (typed.length > longestTyped) throw new DomainError("factors.label_malformed", { field: "label" });
  const label = typed.normalize("NFC").replace(/\s+/g, " ").trim();
  const visible = label.replace(joiners, "");
  if (visible === "") return otherwise;
  if (Array.from(label).length > policy.labels.longest || /\p{C}/u.test(visible))
    throw new DomainError("factors.label_malformed", { field: "label" });
  return label;
}
