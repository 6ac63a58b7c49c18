/**
 * The one form in which login names are stored, searched and counted: NFKC, trimmed, lower case.
 * Variants of case, width or spacing are one person and one counter (Unicode UAX #15; NIST SP 800-63B-4, 3.1.1.2).
 */
export function normaliseIdentifier(typed: string): string {
  return typed.normalize("NFKC").trim().toLowerCase().normalize("NFKC"); // lower case may bring letters together that upper case kept apart
}
