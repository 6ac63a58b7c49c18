import { DomainError } from "@/lib/kernel/errors";
import { policy } from "@/lib/policy/policy";

/** A name that a person gives a factor: NFC, trimmed, no control characters, 1 to 64 code points. Empty: `otherwise`. Throws `factors.label_malformed`. */
export function readLabel(typed: string, otherwise: string): string {
  const label = typed.normalize("NFC").replace(/\s+/g, " ").trim();
  if (label === "") return otherwise;
  if (Array.from(label).length > policy.labels.longest || /\p{C}/u.test(label)) throw new DomainError("factors.label_malformed", { field: "label" });
  return label;
}
