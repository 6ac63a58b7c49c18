/** A text without the signs `sign` at its end. In one walk: an expression like `/=+$/` begins anew at each of them, also where they are not at the end. */
export function withoutTrailing(text: string, sign: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === sign) end -= 1;
  return text.slice(0, end);
}
