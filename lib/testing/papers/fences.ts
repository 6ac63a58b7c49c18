import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A block of the documents between two lines of backticks: where it stands, what it says that it is, and its text. */
export type Fence = { readonly file: string; readonly line: number; readonly language: string; readonly text: string };

const root = join(import.meta.dirname, "../../..");
const opening = /^```(\w*)$/;

/** The documents that people read: the first page and everything in `docs/` but the decisions, which tell of their day. */
export function documents(): readonly string[] {
  const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  return ["README.md", ...pages.filter((path) => path.endsWith(".md")).map((path) => `docs/${path}`)].filter(
    (path) => !path.startsWith("docs/decisions/"),
  );
}

/** A document's text. */
export const readDocument = (file: string): string => readFileSync(join(root, file), "utf8");

/** Every block of every document. */
export function fences(): readonly Fence[] {
  return documents().flatMap((file) => fencesOf(file, readDocument(file)));
}

/** The blocks of one text. */
export function fencesOf(file: string, text: string): Fence[] {
  const found: Fence[] = [];
  let open: { line: number; language: string; lines: string[] } | null = null;
  for (const [at, line] of text.split("\n").entries()) {
    if (open === null) {
      const language = opening.exec(line)?.[1];
      if (language !== undefined) open = { line: at + 1, language, lines: [] };
    } else if (line === "```") {
      found.push({ file, line: open.line, language: open.language, text: `${open.lines.join("\n")}\n` });
      open = null;
    } else open.lines.push(line);
  }
  return found;
}

/** The one block of a document in this language. */
export function theFence(file: string, language: string): string {
  const [found, ...more] = fences().filter((fence) => fence.file === file && fence.language === language);
  if (found === undefined || more.length > 0) throw new Error(`${file} has not exactly one block of ${language}.`);
  return found.text;
}

/** The blocks of a document that are typed into a shell, in their order, as they are printed; also those inside a list, where an indent goes. */
export const shellBlocks = (file: string): readonly string[] =>
  [...readDocument(file).matchAll(/^( *)```sh\n([^`]*)^ *```$/gm)].map(([, indent = "", text = ""]) =>
    text
      .split("\n")
      .map((line) => line.slice(indent.length))
      .join("\n")
      .trim(),
  );
