import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cookieOf } from "@/lib/cookies/cookies";
import { isFirstDoor, keepsCookies, probeLine } from "@/lib/cookies/probe";
import { addressesInTree } from "@/lib/testing/hostile/house";

const app = join(import.meta.dirname, "../../app");

/** The address of the page of an `actions.ts`, with something in place of what varies. */
const pathOf = (file: string): string =>
  `/${file
    .replace(/\/?actions\.ts$/, "")
    .replace(/\([^)]*\)\//g, "")
    .replace(/\[\w+\]/g, "x")}`;

const address = { appUrl: "https://login.example.test", isHttps: true };

test("a tab that outlived its browser still brings the probe back: it is kept as long as a preference", () => {
  const { maxAge } = cookieOf("language", address).options;
  expect(probeLine(address)).toBe(`__Host-probe=1; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=lax; Secure`);
});

test.each([
  ["the probe", ["__Host-probe"], true],
  ["only what an earlier version gave them", ["other", "__Host-theme"], true],
  ["nothing", [], false],
  ["what is somebody else's on this host", ["theme", "p3000-probe", "__Host-p8443-probe", "__Host-probe2"], false],
])("of somebody whose browser brings %s: are cookies kept there?", (_, names, isKeeper) => {
  expect(keepsCookies(names, address)).toBe(isKeeper);
});

test("every form that asks for a browser with cookies stands on a page that gives the probe, and every such page asks", () => {
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("actions.ts"));
  const told = files.map((file) => ({
    path: pathOf(file),
    asks: readFileSync(join(app, file), "utf8").includes("who: cookieKeeper"),
  }));
  expect(told.filter(({ asks }) => asks)).toHaveLength(8);
  const addresses = addressesInTree(join(app, "..")).map((one) => one.replace(/\[\w+\]/g, "x"));
  for (const { path } of told.filter(({ asks }) => asks)) expect(addresses, "no page of that address").toContain(path);
  for (const { path, asks } of told) expect(isFirstDoor(path), path).toBe(asks);
});
