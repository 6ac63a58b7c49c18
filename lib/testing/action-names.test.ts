import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actionNames, orphans } from "@/lib/testing/action-names";
import { readSources } from "@/lib/testing/source-files";

const root = join(import.meta.dirname, "../..");
const place = join(import.meta.dirname, "action-names.txt");

const known = () => readFileSync(place, "utf8").trim().split("\n");

/**
 * Every action that a page of some version may still name. `npm run docs:write` adds what is new and takes out nothing: a line goes by hand, with the
 * action, when docs/operate.md tells an operator whose forms are lost.
 */
test("every action has the name that the versions before gave it", async () => {
  const names = actionNames(readSources(root, ["app"]));
  expect(names.length).toBeGreaterThan(50);
  expect(orphans(known(), names), "a moved or renamed action: open forms of the version before are for nobody").toEqual(
    [],
  );
  const all = [...new Set([...known(), ...names])].sort();
  await expect(`${all.join("\n")}\n`).toMatchFileSnapshot(place);
});

test("an action that was moved, renamed or taken out is one that open forms still ask for", () => {
  const before = actionNames(new Map([["app/(a)/x/actions.ts", "export const oneAction = formAction("]]));
  expect(before).toEqual(["app/(a)/x/actions.ts oneAction"]);
  const after = (path: string, text: string) => orphans(before, actionNames(new Map([[path, text]])));
  expect(after("app/(a)/x/actions.ts", "export const oneAction = buttonAction(")).toEqual([]);
  expect(after("app/x/actions.ts", "export const oneAction = formAction(")).toEqual(before);
  expect(after("app/(a)/x/actions.ts", "export const firstAction = formAction(")).toEqual(before);
  expect(after("app/(a)/x/page.tsx", "export const oneAction = formAction(")).toEqual(before);
});
