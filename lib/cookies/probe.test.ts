import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isFirstDoor } from "@/lib/cookies/probe";

const app = join(import.meta.dirname, "../../app");

/** The address of the page beside an `actions.ts`, with something in place of what varies. */
const pathOf = (file: string): string =>
  `/${file
    .replace(/\/?actions\.ts$/, "")
    .replace(/\([^)]*\)\//g, "")
    .replace(/\[\w+\]/g, "x")}`;

test("every form that asks for a browser with cookies stands on a page that gives the probe, and every such page asks", () => {
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("actions.ts"));
  const told = files.map((file) => ({
    path: pathOf(file),
    asks: readFileSync(join(app, file), "utf8").includes("who: cookieKeeper"),
  }));
  expect(told.filter(({ asks }) => asks)).toHaveLength(3);
  for (const { path, asks } of told) expect(isFirstDoor(path), path).toBe(asks);
});
