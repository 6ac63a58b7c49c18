import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run-step.mjs";

/** Where Node keeps what it has compiled, a folder for each of its versions. */
export const compiled = join(root, ".sallyport", "compiled");

/**
 * Removes what Node has compiled of an earlier build, whose files had other names: nobody would ever ask for it again. The folders stay, because the
 * process that builds writes into one of them when it ends.
 */
export function forgetCompiled(folder = compiled) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) rmSync(join(entry.parentPath, entry.name), { force: true });
}
