/** Commands that have a program of their own (`lib/cli/night-commands.ts`), by their first word. */
const night = ["backup", "restore", "audit"];

/** Which bundle runs the command of these words. */
export function portalProgram(words) {
  const [first] = words.filter((word) => word !== "--json");
  return night.includes(first) ? "portal-night" : "portal";
}

/** Runs the bundle of that name, which must have been made. */
export const runProgram = (name) =>
  name === "portal-night" ? import("../.sallyport/portal-night.mjs") : import("../.sallyport/portal.mjs");
