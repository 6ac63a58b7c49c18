import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Fence, fencesOf, readDocument } from "@/lib/testing/papers/fences";
import type { Sources } from "@/lib/testing/source-files";

/** What a guide's example makes of the house: path → the new text of every file that it writes or touches. */
export type LaidOut = Map<string, string>;

const root = join(import.meta.dirname, "../../..");
const place = /`((?:app|components|lib)\/[^`\s<…]+\.tsx?)`/g;

/**
 * Does what the example of `guide` says, on paper; where a document has several, how its heading begins stands behind ` ## `. The last file that the words before a block name is the block's own: a new one is written, and of one
 * that is there a `diff` exchanges lines (one without words goes on where the last block was), other code that begins with a declaration is added, and anything else goes into the table that the file holds.
 * Adds to `laid`; out: the files, in the order in which the guide comes to them. Throws where a line that should be exchanged is not there.
 */
export function layOut(guide: string, laid: LaidOut): readonly string[] {
  const [document = "", heading = "An example"] = guide.split(" ## ");
  const parts = readDocument(document).split(/^(?=## )/m);
  const example = parts.find((part) => part.startsWith(`## ${heading}`)) ?? "";
  const touched = new Set<string>();
  let read = 0;
  for (const fence of fencesOf(guide, example)) {
    const words = example.split("\n").slice(read, fence.line).join("\n");
    read = fence.line + fence.text.split("\n").length;
    const named = [...words.matchAll(place)].at(-1)?.[1];
    const file: string | undefined = named ?? (fence.language === "diff" ? [...touched].at(-1) : undefined);
    if (file === undefined) throw new Error(`${guide} does not say which file this is:\n${fence.text}`);
    laid.set(file, added(laid.get(file) ?? textOf(file), fence, file));
    touched.add(file);
  }
  return [...touched];
}

function textOf(file: string): string {
  return existsSync(join(root, file)) ? readFileSync(join(root, file), "utf8") : "";
}

function added(text: string, { language, text: block }: Fence, file: string): string {
  if (text === "") return block;
  if (language === "diff") return exchanged(text, block, file);
  if (/^(?:\/\*\*[\s\S]*?\*\/\s*)?(?:export|const|type|function|async)\b/.test(block)) return `${text}\n${block}`;
  const table = /^export const [^\n=]*=[^\n[{]*[[{]/m.exec(text);
  if (table === null) throw new Error(`${file} holds no table for:\n${block}`);
  const at = table.index + table[0].length;
  return `${text.slice(0, at)}\n${block}${text.slice(at)}`;
}

/** Lines of a `diff`: what has no sign or `-` must stand together in the file, once; `…` stands for whatever is there. Indents do not count. */
function exchanged(text: string, block: string, file: string): string {
  const signed = block.trimEnd().split("\n");
  const withSign = (signs: string) =>
    signed.filter((line) => signs.includes(line[0] ?? " ")).map((line) => line.slice(1).trim());
  const [before, after, lines] = [withSign(" -"), withSign(" +"), text.split("\n")];
  const places = lines.flatMap((_, at) => {
    const kept = before.map((line, below) => whatStandsFor(line, lines[at + below]?.trim() ?? ""));
    return kept.every((each) => each !== null) ? [{ at, kept: kept.flat() }] : [];
  });
  const [found, ...more] = places;
  if (found === undefined || more.length > 0) throw new Error(`${file} has not exactly one place for:\n${block}`);
  const put = after.map((line) => line.replaceAll("…", () => found.kept.shift() ?? ""));
  return lines.toSpliced(found.at, before.length, ...put).join("\n");
}

/** What each `…` of a line stands for in the line that is there; null when the two are not the same line. */
function whatStandsFor(line: string, there: string): (string | null)[] | null {
  const [first = "", ...parts] = line.split("…");
  const last = parts.at(-1);
  if (last === undefined) return line === there ? [] : null;
  if (parts.length > 1) throw new Error(`One … for a line: ${line}`);
  const isSame = there.startsWith(first) && there.endsWith(last) && there.length >= first.length + last.length;
  return isSame ? [there.slice(first.length, there.length - last.length)] : null;
}

/** The imports that an editor would write above `text`: names that it uses and neither makes nor imports, from where the house has them. */
export function withImports(text: string, homes: ReadonlyMap<string, string>): string {
  const own = [...text.matchAll(/^(?:export )?(?:default )?(?:async )?(?:const|function|type) (\w+)/gm)];
  const had = [...text.matchAll(/import (?:type )?(?:\{([^}]*)\}|\* as (\w+))/g)].flatMap(
    ([, names = "", all = ""]) => [...names.split(","), all],
  );
  const known = new Set([...own.map(([, name]) => name), ...had.map((name) => name.replace("type ", "").trim())]);
  const used = new Set(text.match(/(?<!["\w])(?<!(?:^|[^.])\.)[A-Za-z]\w*/g));
  const lines = [...used].flatMap((name) => {
    const home = homes.get(name);
    return home === undefined || known.has(name) ? [] : [home];
  });
  return [...lines, text].join("\n");
}

/** Name → the line that imports it: as `files` import it, else from where they export it. */
export function homesOf(files: Sources): ReadonlyMap<string, string> {
  const homes = new Map<string, string>();
  const note = (name: string, isType: boolean, home: string) =>
    homes.set(name, `import { ${isType ? "type " : ""}${name} } from "${home}";`);
  for (const [path, text] of files)
    for (const [, what, name = ""] of text.matchAll(/^export (?:async )?(const|function|type|class) (\w+)/gm))
      note(name, what === "type", `@/${path.replace(/\.tsx?$/, "")}`);
  for (const [, text] of files)
    for (const [, type, names = "", home = ""] of text.matchAll(/^import (type )?\{([^}]*)\} from "([^"]+)"/gm))
      for (const name of names.split(",").map((each) => each.trim()))
        if (/^(?:type )?\w+$/.test(name)) note(name.replace("type ", ""), !!type || name.startsWith("type "), home);
  for (const [, text] of files)
    for (const [whole, name = ""] of text.matchAll(/^import \* as (\w+) from "[^"]+";/gm)) homes.set(name, whole);
  return homes;
}
