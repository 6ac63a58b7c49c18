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

test.each([
  ["two places that take the same spaces", String.raw`/^\s*(\w{1,64})\s*(?:\([^(){}]*\))?\s*$/`],
  ["a place that is looked for from everywhere", String.raw`/\/+$/`],
  ["a group that can be shared out", "/^(?:a|b|ab)+$/"],
])("%s is found, with its line", async (_, expression) => {
  const { code, output } = await inProject(`\nexport const read = (text: string) => ${expression}.test(text);\n`);
  expect(output).toContain(`read.ts:2: ${expression} is `);
  expect(output).toMatch(/polynomial|exponential/);
  expect(code).toBe(1);
});

test("what is put together at run time is refused, and a plain expression is not", async () => {
  expect(await inProject("export const made = (word: string) => new RegExp(word);")).toMatchObject({
    code: 1,
    output: expect.stringContaining("read.ts:1: an expression that is put together at run time cannot be judged"),
  });
  expect(await inProject("export const plain = /^[a-z]{1,9}$/;")).toMatchObject({ code: 0 });
});
