import { spawn } from "node:child_process";
import { expect, test } from "vitest";

/** Always the same histories here, so that a red test is red again; `npm run histories` plays others each time. */
const seed = "2030";

/** Plays them as their own command, on the run's own test server. Out: what it printed and its exit code. */
function run(...asked: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
  const all = ["scripts/histories.mjs", "--ready", "--seed", seed, ...asked];
  const child = spawn(process.execPath, all, { stdio: ["ignore", "pipe", "pipe"] });
  const heard: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => heard.push(text.toString("utf8")));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, text: heard.join("") })));
}

test("after every step of a history the house and the rules agree", async () => {
  const { code, text } = await run("--steps", "2000");
  expect(code, text).toBe(0);
}, 480_000);

test("nor does it show in answers, doors, counters or letters that every transaction was lost once at its commit", async () => {
  const { code, text } = await run("--steps", "300", "--lost-commits");
  expect(code, text).toBe(0);
  expect(Number(text.match(/(\d+) commits were lost/)?.[1]), text).toBeGreaterThan(100);
}, 480_000);
