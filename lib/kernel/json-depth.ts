/**
 * Whether the brackets of a JSON text stand deeper inside each other than `deepest`: asked before a parser climbs down. Brackets in strings do not
 * count. One walk that ends at the first one too many, so that a text of nothing but brackets or quotes costs no more than any other.
 */
export function isNestedDeeper(text: string, deepest: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (isInString && sign === "\\") at += 1;
    else if (sign === '"') isInString = !isInString;
    else if (!isInString && (sign === "[" || sign === "{")) depth += 1;
    else if (!isInString && (sign === "]" || sign === "}")) depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
