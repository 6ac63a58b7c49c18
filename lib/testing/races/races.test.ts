import { spawn } from "node:child_process";
import { expect, test } from "vitest";

const races = 36;

/** Runs the races as their own command, on the run's own test server. Out: what it printed and its exit code. */
function run(asked: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(process.execPath, ["scripts/races.mjs", ...asked], { stdio: ["ignore", "pipe", "pipe"] });
  const heard: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => heard.push(text.toString("utf8")));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, text: heard.join("") })));
}

/** A naive read-then-write falls in the first round; `npm run races` plays two hundred, with hashes at their full price. */
test.each([
  ["as it comes", ["5"]],
  [
    "serializable, whose sequences are handed out by the hundred",
    ["3", "--isolation", "serializable", "--cached-sequences"],
  ],
] as const)(
  "two processes, fifty at once, on a database %s: one winner in every round of every race",
  async (_, asked) => {
    const { code, text } = await run([...asked, "--cheap-hashing"]);
    process.stdout.write(text);
    expect(text.match(/^ok /gm) ?? [], text).toHaveLength(races);
    expect(text).not.toContain("BAD");
    expect(code).toBe(0);
  },
  480_000,
);
