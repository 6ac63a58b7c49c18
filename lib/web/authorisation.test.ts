import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { graphqlOperations, restOperations } from "@/lib/api/operations";
import { readSources } from "@/lib/testing/source-files";
import { markdownTable, withPart } from "@/lib/testing/written-parts";

const root = join(import.meta.dirname, "../..");
const place = join(root, "docs/security/authorisation.md");

/** Every exported action of the pages, and who may call it. */
function actions(): string[][] {
  const files = [...readSources(root, ["app"])].filter(([path]) => path.endsWith("actions.ts"));
  return files.flatMap(([path, text]) =>
    [...text.matchAll(/export (?:const|async function) (\w+Action)\b([^;]*)/g)].map(([, name = "", body = ""]) => [
      `\`${name}\``,
      path.replace(/^app\/(?:\(\w+\)\/)?/, "").replace(/\/?actions\.ts$/, "") || "/",
      `\`${body.match(/who: (fresh\("[\w.]+"|\w+)/)?.[1]?.replace(/^fresh\("(.*)"$/, 'fresh("$1")') ?? "anyone"}\``,
    ]),
  );
}

/** Every operation of the JSON API, and the bearer that it needs. */
function operations(): string[][] {
  const rest = Object.entries(restOperations).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { needs }]) => [`${method} /api/v2/${path}`, needs]),
  );
  const graphql = Object.entries(graphqlOperations).map(([field, { kind, of }]) => [`${kind} ${field}`, of.needs]);
  return [...rest, ...graphql].map(([name = "", needs = ""]) => [`\`${name}\``, needs]);
}

test("docs/security/authorisation.md names every action of the pages and every operation of the API, and who may call it", async () => {
  const found = actions();
  expect(found.length).toBeGreaterThan(15);
  const table = markdownTable(["action", "place", "who"], found);
  const page = withPart(readFileSync(place, "utf8"), "actions", table);
  const api = markdownTable(["operation", "bearer"], operations());
  await expect(withPart(page, "operations", api)).toMatchFileSnapshot(place);
});

test("an action without a guard of the house is one that only remembers a preference, or that only takes away", () => {
  const bare = actions().filter(([, , who]) => who === "`anyone`");
  const places = new Set(bare.map(([, place]) => place));
  expect([...places].sort()).toEqual(["alarm/[token]", "login", "preferences", "revert/[token]", "veto/[token]"]);
});
