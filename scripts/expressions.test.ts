import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

type Judged = { readonly code: number | null; readonly output: string };

/** What the check says of the portal, or of another project. */
function judged(...more: readonly string[]): Promise<Judged> {
  const child = spawn(process.execPath, ["scripts/expressions.mjs", ...more], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (piece: string) => {
      output += piece;
    });
  }
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, output })));
}

/** A project with one file. */
async function inProject(source: string): Promise<Judged> {
  const folder = await mkdtemp(join(tmpdir(), "sallyport-expressions-"));
  try {
    const project = join(folder, "tsconfig.json");
    await writeFile(project, JSON.stringify({ compilerOptions: { noLib: true, types: [] }, files: ["read.ts"] }));
    await writeFile(join(folder, "read.ts"), source);
    return await judged(project);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("no expression of the portal costs more than its text grows", async () => {
  expect(await judged()).toMatchObject({ code: 0, output: expect.stringContaining("none of them steep") });
}, 120_000);

const steep = [
  ["two places that take the same spaces", String.raw`/^\s*(\w{1,64})\s*(?:\([^(){}]*\))?\s*$/`],
  ["a place that is looked for from everywhere", String.raw`/\/+$/`],
  ["a group that can be shared out", "/^(?:a|b|ab)+$/"],
] as const;

test("what is steep is found with its line, whichever way it is; what is put together at run time is refused", async () => {
  const lines = steep.map(
    ([, expression], n) => `export const read${n} = (text: string) => ${expression}.test(text);\n`,
  );
  const { code, output } = await inProject(`${lines.join("")}export const made = (word: string) => new RegExp(word);`);
  for (const [n, [what, expression]] of steep.entries()) {
    expect(output, what).toContain(`read.ts:${n + 1}: ${expression} is `);
  }
  expect(output.match(/ is .*(?:polynomial|exponential)/g)).toHaveLength(steep.length);
  expect(output).toContain("read.ts:4: an expression that is put together at run time cannot be judged");
  expect(code).toBe(1);
});

test.each([
  ["put together at run time", "export const made = (word: string) => new RegExp(word);", 1],
  ["steep", String.raw`export const read = (text: string) => /\/+$/.test(text);`, 1],
  ["plain", "export const plain = /^[a-z]{1,9}$/;", 0],
])("one expression that is %s: the check ends as it must", async (_, source, code) => {
  expect(await inProject(source)).toMatchObject({ code });
});
