import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { judge } from "@/lib/testing/letters/judge";

const told = (id: string, number: number, isRolledBack = false) => ({ id, queue: "ada mail", number, isRolledBack });

test.each([
  ["a letter that never came", [told("a", 1)], [], [], "lost: a"],
  ["one that was rolled back, and came", [told("a", 1, true)], [["a", 5]], [], "rolled back, and arrived: a"],
  [
    "one that came twice, although nobody was killed",
    [told("a", 1)],
    [
      ["a", 5],
      ["a", 9],
    ],
    [4_000],
    "came twice, and nobody was killed: a",
  ],
  [
    "two that came in the wrong order",
    [told("a", 1), told("b", 2)],
    [
      ["b", 5],
      ["a", 9],
    ],
    [],
    "out of order for ada mail: 1",
  ],
] as const)("the judge of the next test notices %s", (_, letters, copies, kills, mistake) => {
  const came = copies.map(([key, at]) => ({ key, at }));
  expect(judge(letters, came, kills).mistakes).toEqual([mistake]);
});

test("a copy that came again because its process was killed between letter and answer is no mistake", () => {
  const copies = [1_000, 9_000].map((at) => ({ key: "a", at }));
  expect(judge([told("a", 1)], copies, [1_005])).toEqual({ letters: 1, copies: 2, twice: 1, mistakes: [] });
});

/** Runs `npm run letters` in short, on the run's own test server. Out: what it printed and its exit code. */
function run(...words: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(process.execPath, ["scripts/letters.mjs", ...words], { stdio: ["ignore", "pipe", "pipe"] });
  const heard: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text: Buffer) => heard.push(text.toString("utf8")));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, text: heard.join("") })));
}

test("processes that are killed and a provider that is slow lose nobody's letter, and send none twice without a reason", async () => {
  const { code, text } = await run("4", "200", "40");
  process.stdout.write(text);
  expect(text.match(/^ok /gm) ?? [], text).toHaveLength(2);
  expect(text).not.toContain("BAD");
  expect(code).toBe(0);
}, 240_000);
