import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { floors, wings } from "@/lib/testing/floor-plan";
import { readSources } from "@/lib/testing/source-files";

const root = process.cwd();
/** It stands beside the house. */
const beside = "testing";

test("every folder of lib is a room on a floor, and every floor is there", () => {
  const rooms = [...readSources(root, ["lib"]).keys()].map((path) => path.split("/")[1]);
  expect([...new Set(rooms)].filter((name) => name !== beside).sort()).toEqual([...floors].sort());
});

test("the README's map has every room, in its wing", () => {
  const map =
    readFileSync(join(root, "README.md"), "utf8").match(/^## The map of the house$.*?^```$(.*?)^```$/ms)?.[1] ?? "";
  const drawn = new Map<string, string[]>();
  for (const line of map.split("\n")) {
    const wing = line.match(/^ {2}([a-z]+) /)?.[1];
    const rooms = line.match(/^ {4}([a-z]+(?: [a-z]+)*)/)?.[1]?.split(" ") ?? [];
    if (wing !== undefined && wing !== beside) drawn.set(wing, []);
    else [...drawn.values()].at(-1)?.push(...rooms);
  }
  expect(Object.fromEntries(drawn)).toEqual(wings);
});
