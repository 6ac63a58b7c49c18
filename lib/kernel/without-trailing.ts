/** A text without any of the `signs` at its end. In one walk: an expression like `/=+$/` begins anew at each of them, also where they are not at the end. */
export function withoutTrailing(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
