import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Path from the root, with slashes → text without comments. */
export type Sources = ReadonlyMap<string, string>;

/** One import of a file: where from, which names as written, and whether only types of it. */
export type Import = {
  readonly from: string;
  readonly target: string;
  readonly names: string;
  readonly typeOnly: boolean;
};

const isSource = (path: string) =>
  /\.tsx?$/.test(path) && !/\.(?:test|kit)\.tsx?$/.test(path) && !path.startsWith("lib/db/generated/");

/** Every source file of these folders, tests and generated code left out. */
export function readSources(root: string, folders: readonly string[]): Sources {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      const path = `${folder}/${entry.replaceAll("\\", "/")}`;
      if (isSource(path)) files.set(path, withoutComments(readFileSync(join(root, path), "utf8")));
    }
  }
  return files;
}

/** The code alone: a word in a comment is no deed. */
export const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");

/** All imports of all files; our own targets as paths without extension. */
export function importsOf(files: Sources): Import[] {
  return [...files].flatMap(([from, text]) => [...staticImports(from, text), ...dynamicImports(from, text)]);
}

function staticImports(from: string, text: string): Import[] {
  const statement = /^\s*(?:import|export)\s+(type\s+)?(?:([\w*{][^;"]*?)\s+from\s+)?"([^"]+)"/gm;
  return [...text.matchAll(statement)].map(([, type, names = "", target = ""]) => ({
    from,
    target: ours(target),
    names,
    typeOnly: type !== undefined || namesOnlyTypes(names),
  }));
}

function dynamicImports(from: string, text: string): Import[] {
  return [...text.matchAll(/\bimport\("([^"]+)"\)/g)].map(([, target = ""]) => ({
    from,
    target: ours(target),
    names: "*",
    typeOnly: false,
  }));
}

function namesOnlyTypes(names: string): boolean {
  const inner = names.match(/^\{([\s\S]*)\}$/)?.[1];
  const list = inner?.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()])) ?? [];
  return list.length > 0 && list.every((name) => name.startsWith("type "));
}

const ours = (target: string) => (target.startsWith("@/") ? target.slice(2) : target);
