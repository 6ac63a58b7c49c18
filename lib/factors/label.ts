import { DomainError } from "@/lib/kernel/errors";
import { withoutUnseen } from "@/lib/kernel/unseen";
import { policy } from "@/lib/policy/policy";

/** A name that nothing has yet: `name`, or with the first free number behind it ("Authenticator app 2"). Pure. */
export function freeName(name: string, taken: readonly string[]): string {
  for (let number = 2, free = name; ; number += 1) {
    if (!taken.includes(free)) return free;
    free = `${name} ${number}`;
  }
}

/** Format characters, direction marks among them. Joiners (U+200C, U+200D) hold emoji and some scripts together, and tags (U+E0020 on) make flags. */
const formats = /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])\p{Cf}/gu;

/** Longer than any name written with marks apart from their letters. Sorting the marks of a longer text for NFC would cost the square of their number. */
const longestTyped = 1024;

/**
 * A name that a person gives a factor: NFC, trimmed, without format characters, which nobody sees that they typed; no control characters, 1 to 64
 * code points. Empty: `otherwise`. Throws `factors.label_malformed`.
 */
export function readLabel(typed: string, otherwise: string): string {
  if (typed.length > longestTyped) throw new DomainError("factors.label_malformed", { field: "label" });
  const label = typed.replace(formats, "").normalize("NFC").replace(/\s+/g, " ").trim();
  const visible = withoutUnseen(label);
  if (visible.trim() === "") return otherwise;
  if (Array.from(label).length > policy.labels.longest || /\p{C}/u.test(visible))
    throw new DomainError("factors.label_malformed", { field: "label" });
  return label;
}
