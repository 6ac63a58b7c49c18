/** Between these two lines of a document stands what a test writes: `npm run docs:write`. */
const marks = (name: string) => ({
  begins: `<!-- ${name}: written by npm run docs:write -->`,
  ends: `<!-- end of ${name} -->`,
});

/** The document with the part of that name exchanged. Throws where its two marks are missing. */
export function withPart(document: string, name: string, part: string): string {
  const { begins, ends } = marks(name);
  const [before, rest] = document.split(begins);
  const after = rest?.split(ends)[1];
  if (before === undefined || after === undefined) throw new Error(`The document has lost the marks of "${name}".`);
  return `${before}${begins}\n${part}\n${ends}${after}`;
}

/** A table in Markdown. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), `|${heads.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}
