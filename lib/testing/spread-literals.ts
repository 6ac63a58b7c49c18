import type { Rule } from "@/lib/testing/floor-plan";

/** A literal in a group of brackets of its own: `...{ a, b }`, `...[a, b]`. */
const spread = /\.\.\.(?=[{[])/g;

/** A list of words or numbers may stand in groups, a line for each. */
const words =
  /^\[(?:[ ,]|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\\n]|\\.)*`|\.repeat\([\d_]+\)|\d[\w.]*|null|undefined)*\]/;

/**
 * What is spread out of a literal inside another says no more than the same written plainly, and puts two fields on a line that a reader looks for on two.
 * What is made of a literal first (`...[a, b].map(f)`) is none.
 */
export const literalsAreWrittenPlainly: Rule = (files) =>
  [...files].flatMap(([path, text]) =>
    [...text.matchAll(spread)].flatMap(({ index }) => {
      const literal = text.slice(index + 3);
      const isGroup = literal.startsWith("[") && (words.test(literal) || /^[.[(]/.test(behind(literal)));
      return isGroup ? [] : [`${path} spreads a literal: ${literal.split("\n", 1)[0]}`];
    }),
  );

/** What follows the bracket that closes the first one. */
function behind(text: string): string {
  let depth = 0;
  for (const { 0: bracket, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[()[\]{}]/g)) {
    if ("([{".includes(bracket)) depth += 1;
    else if (")]}".includes(bracket)) depth -= 1;
    if (depth === 0) return text.slice(index + 1);
  }
  return "";
}
