import { readFileSync } from "node:fs";
import { join } from "node:path";

const unknown = "unknown";

/**
 * The version of this portal, as `package.json` in the folder that it runs from says. Read and not imported: a build would carry the whole file, with
 * what only developers call.
 */
export function ownVersion(folder: string = process.cwd()): string {
  try {
    const told: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof told === "object" && told !== null && "version" in told ? String(told.version) : unknown;
  } catch {
    return unknown; // an odd lay-out ends no start
  }
}
