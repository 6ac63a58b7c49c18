/** Longer than any sentence that a code arrives in; of what is longer nothing is read. */
const longestTyped = 1024;

const isDigit = (codePoint: number) => /^\p{Nd}$/u.test(String.fromCodePoint(codePoint));

/**
 * The value of a decimal digit of any script: Unicode keeps the ten of each together, zero first, so it is the distance to the first of the row.
 * Some rows stand end to end (the five mathematical ones), hence the remainder.
 */
function digitValue(digit: string): number {
  const codePoint = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (isDigit(codePoint - before - 1)) before += 1;
  return before % 10;
}

/** The same text with the decimal digits of every script written as ASCII ones. */
export const withPlainDigits = (text: string): string =>
  text.replace(/(?![0-9])\p{Nd}/gu, (digit) => String(digitValue(digit)));

/** What was typed, when it is short enough to be read at all; else nothing. */
export const bounded = (typed: string): string => (typed.length > longestTyped ? "" : typed);

/**
 * A code of `digits` digits in what somebody typed or pasted, or null: everything that is no digit is dropped ("Your code: 123 456."), and as many
 * as a code has are one. The field in the browser and the server both read by this function: what sends itself is exactly what is judged.
 */
export function readOneTimeCode(typed: string, digits: number): string | null {
  const code = withPlainDigits(bounded(typed)).replace(/[^0-9]/g, "");
  return code.length === digits ? code : null;
}
