import { spawn } from "node:child_process";
import { expect, test } from "vitest";

/** A naive read-then-write falls in the first round; `npm run races` plays two hundred. */
const rounds = 5;
const races = 17;

/** Runs the races as their own command, on the run's own test server. Out: what it printed and its exit code. */
function run(): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(process.execPath, ["scripts/races.mjs", String(rounds)], { stdio: ["ignore", "pipe", "pipe"] });
  const heard: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => heard.push(text.toString("utf8")));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, text: heard.join("") })));
}

test("two processes, fifty at once: one winner in every round of every race", async () => {
  const { code, text } = await run();
  process.stdout.write(text);
  expect(text.match(/^ok /gm) ?? [], text).toHaveLength(races);
  expect(text).not.toContain("BAD");
  expect(code).toBe(0);
}, 480_000);
