import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Portal } from "@/e2e/support/portal";

/** What a command said, and its exit code. */
export type Answered = { readonly code: number | null; readonly output: string; readonly complaint: string };

const root = join(import.meta.dirname, "../..");

/** The command line of a portal's own machine, by its own settings: `npm run portal -- …`. */
export function command({ env }: Pick<Portal, "env">, ...words: readonly string[]): Promise<Answered> {
  const child = spawn(process.execPath, ["scripts/portal.mjs", ...words], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { output: "", complaint: "" };
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    said.output += piece;
  });
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    said.complaint += piece;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, ...said }));
  });
}
