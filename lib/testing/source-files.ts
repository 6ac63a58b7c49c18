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

/** A file of the house, not a test of it. */
export const isSource = (path: string) => /\.tsx?$/.test(path) && !/\.(?:test|kit)\.tsx?$/.test(path);

/** Every source file of these folders, tests and generated code left out. */
export const readSources = (root: string, folders: readonly string[]): Sources =>
  codeOf(readFiles(root, folders, isSource));

const codeFolders = ["app", "components", "e2e", "lib", "prisma", "scripts"] as const;

/** Everything that somebody wrote as code: tests, their kits, rigs, browser stories and scripts too. */
export const readAllCode = (root: string): Sources =>
  codeOf(readFiles(root, codeFolders, (path) => /\.(?:tsx?|mts|mjs)$/.test(path)));

const codeOf = (files: Sources): Sources => new Map([...files].map(([path, text]) => [path, withoutComments(text)]));

/** The files of these folders that `isMeant`, whole, but for generated code. */
export function readFiles(
  root: string,
  folders: readonly string[],
  isMeant: (path: string) => boolean,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      const path = `${folder}/${entry.replaceAll("\\", "/")}`;
      if (isMeant(path) && !path.startsWith("lib/db/generated/"))
        files.set(path, readFileSync(join(root, path), "utf8"));
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
