import { copyFile, cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runProgram } from "@/lib/testing/own-process";

let checkout: string;
const inPrisma = (name: string) => join(checkout, "prisma", name);

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), "draft-"));
  await cp("prisma/migrations", inPrisma("migrations"), { recursive: true });
  await copyFile("prisma/schema.prisma", inPrisma("schema.prisma"));
  await symlink(join(process.cwd(), "node_modules"), join(checkout, "node_modules"));
});
afterEach(() => rm(checkout, { recursive: true }));

/** `npm run db:draft`, once the packages are there. */
async function draft(args: string[], through: string[] = []) {
  const { said, ended } = await runProgram(
    `import { draftMigration } from "@/prisma/draft-migration"; import { told } from "@/scripts/refusal.mjs";
    await told(() => draftMigration(${JSON.stringify(checkout)}, ${JSON.stringify(args)}));`,
    through,
  );
  return { code: await ended, ...said };
}

async function expectSentence(sentence: RegExp, args: string[] = [], through: string[] = []) {
  const { code, err } = await draft(args, through);
  expect(err).not.toMatch(/^\s+at |node:internal|wasm-function/m);
  expect(err.trim()).toMatch(sentence);
  expect(code).toBe(1);
}

test("what a draft cannot be made of is told in words", async () => {
  await expectSentence(/Unknown option '--nam'.*npm run db:draft -- --name/s, ["--nam", "x"]);
  await expectSentence(/^\/nonexistent\/\S+ is not there \(ENOENT\)/, [], ["env", "TMPDIR=/nonexistent"]);
  await writeFile(inPrisma("schema.prisma"), "model Cut {");
  await expectSentence(/schema\.prisma/);
});

test("a migration that does not apply, and one without its file, are named", async () => {
  await mkdir(inPrisma("migrations/9999_cut"));
  await expectSentence(/9999_cut\/migration\.sql is not there/);
  await writeFile(inPrisma("migrations/9999_cut/migration.sql"), "CREATE NONSENSE");
  await expectSentence(/9999_cut.*failed to apply/s);
});
