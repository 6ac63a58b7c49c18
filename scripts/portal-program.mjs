import { setFlagsFromString } from "node:v8";

/** Commands that have a program of their own (`lib/cli/night-commands.ts`), by their first word. */
const night = ["backup", "restore", "audit"];

/** Which bundle runs the command of these words. */
export function portalProgram(words) {
  const [first] = words.filter((word) => word !== "--json");
  return night.includes(first) ? "portal-night" : "portal";
}

/**
 * A backup is made and read back without optimised code, by hand as by the schedule (`night-program.mjs`). Not by a flag of `npm run portal`, because commands that count for minutes need it; set here, before
 * the program is read, it costs them nothing.
 */
export function spareMemory(words) {
  const [first] = words.filter((word) => word !== "--json");
  if (first === "backup") setFlagsFromString("--no-opt");
}

/** Runs the bundle of that name, which must have been made. */
export const runProgram = (name) =>
  name === "portal-night" ? import("../.sallyport/portal-night.mjs") : import("../.sallyport/portal.mjs");
