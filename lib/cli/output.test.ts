import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { programText } from "@/lib/testing/own-process";
import { testSettings } from "@/lib/testing/test-settings";

/** The command line of the portal with commands that say a line, a lot, something that is shown once, and bytes. */
const program = `
  import { pipeline } from "node:stream/promises";
  import { runInProcess } from "@/lib/cli/run-in-process";
  Object.assign(process.env, ${JSON.stringify(testSettings)});
  process.argv = ["node", "portal", ...process.env.WORDS.split(" ")];
  const many = "a line of an answer\\n".repeat(50_000);
  const command = (name, runAlone) => ({ name, takes: [], flags: {}, summary: "", details: "", runAlone });
  await runInProcess([
    command("line", async () => ({ kind: "done", text: "a line", data: {} })),
    command("lines", async () => ({ kind: "done", text: many, data: {} })),
    command("link", async () => ({ kind: "done", text: "a link", data: {}, shownOnce: "Make another one." })),
    command("refused", async () => ({ kind: "refused", id: "failed", text: "It is refused." })),
    command("bytes", async ({ terminal }) => {
      await pipeline(async function* () { for (const _ of "12345") yield Buffer.from(many); }, terminal.bytes(), { end: false });
      return { kind: "done", text: "Wrote it.", data: {}, besides: true };
    }),
  ]);
`;
const folder = mkdtempSync(join(tmpdir(), "output-"));
const file = join(folder, "answer");
let text = "";

beforeAll(async () => {
  text = await programText(program);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs it in a shell, `portal` in the line being the program. Out: its code and what it said on stderr. */
function run(words: string, line: string): Promise<readonly [number | null, string]> {
  const shell = `portal() { ${JSON.stringify(process.execPath)} --input-type=module; }; ${line}; exit \${PIPESTATUS[0]}`;
  const child = spawn("bash", ["-c", shell], { env: { ...process.env, WORDS: words } });
  child.stdin.end(text);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    said += piece;
  });
  child.stdout.resume();
  return new Promise((resolve) => child.once("close", (code) => resolve([code, said])));
}

const full = "The output could not be written (ENOSPC).";
const stays = "What the command has changed stays changed.\n";

test.concurrent.each([
  [
    ["a refusal, of which nothing was to go there", "refused", "portal > /dev/full"],
    [1, "It is refused.\n"],
  ],
  [
    ["what is lost on a full disk", "line", "portal > /dev/full"],
    [1, `${full} ${stays}`],
  ],
  [
    ["the same for programs", "line --json", "portal > /dev/full"],
    [1, `${full} ${stays}`],
  ],
  [
    ["a link that was lost", "link", "portal > /dev/full"],
    [1, `${full} Make another one.\n`],
  ],
  [
    ["a link without an output", "link", "portal >&-"],
    [1, "Nothing reads the output. Make another one.\n"],
  ],
  [
    ["a line that nobody wants", "line", "portal > /dev/null"],
    [0, ""],
  ],
  [
    ["a reader who had enough", "lines", "portal | head -c 10"],
    [1, ""],
  ],
  [
    ["half a file", "bytes", "portal | head -c 10"],
    [1, "Whoever read the output went away: what was written is not whole.\n"],
  ],
  [
    ["a full disk under a file", "bytes", "portal > /dev/full"],
    [1, "The output could not be written (ENOSPC): what was written is not whole.\n"],
  ],
  [
    ["nobody to complain to", "line", "portal > /dev/full 2>&1"],
    [1, ""],
  ],
  [
    ["all of it", "bytes", `portal > ${file}`],
    [0, "Wrote it.\n"],
  ],
] as const)("%s", async ([, words, line], expected) => expect(await run(words, line)).toEqual(expected));

test("a disk that takes only a part of the answer has not taken it", async () => {
  const [code, said] = await run("lines", `ulimit -f 1; portal > ${file}`);
  expect([code, said]).toEqual([1, `The output could not be written (EFBIG). ${stays}`]);
  expect(statSync(file).size).toBe(1024);
});
