import { readSources } from "@/lib/testing/source-files";

/** The names of all server actions in the tree below `root`. */
export const actionsInTree = (root: string): readonly string[] =>
  [...readSources(root, ["app"])]
    .filter(([path, text]) => path.endsWith("/actions.ts") || /^\s*"use server"/m.test(text))
    .flatMap(([, text]) => [...text.matchAll(/\bexport (?:const|async function|function) (\w+)/g)])
    .flatMap(([, name]) => name ?? []);

/** The addresses of all pages and routes that a build has, in the framework's spelling: "/welcome/[token]". */
export const addressesInTree = (root: string): readonly string[] =>
  [...readSources(root, ["app"]).keys()].flatMap((path) => {
    const folder = /^app(.*)\/(?:page|route)\.tsx?$/.exec(path)?.[1];
    return folder === undefined ? [] : [folder.replace(/\/\(\w+\)/g, "") || "/"];
  });
