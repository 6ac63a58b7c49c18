import { withoutUnseen } from "@/lib/kernel/unseen";

/** Twice what a name of any kind may have. Sorting the marks of a longer text for NFKC would cost the square of their number. */
const longest = 640;

/** A sigma at the end of a word, behind another letter. */
const lastSigma = /([\p{L}\p{M}])σ(?![\p{L}\p{M}])/gu;

/**
 * The one form in which login names are stored, searched and counted: without what nobody can see, NFKC, trimmed, lower case, and with the sigma that is written
 * at its place (a capital has one form, small ones have two, and either may be typed anywhere).
 * Variants of case, width or spacing are one person and one counter (Unicode UAX #15; NIST SP 800-63B-4, 3.1.1.2).
 * Empty for what is longer than any name.
 */
export const normaliseIdentifier = (typed: string): string =>
  formerIdentifier(withoutUnseen(typed)).replaceAll("ς", "σ").replace(lastSigma, "$1ς");

/** The same as it was before invisible characters went, and either sigma was one letter: rows that were not rewritten are still found by it. */
export function formerIdentifier(typed: string): string {
  if (typed.length > longest) return "";
  const name = typed.normalize("NFKC").trim().toLowerCase().normalize("NFKC"); // lower case may bring letters together that upper case kept apart
  return name.length > longest ? "" : name;
}
