import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { refusalIn } from "@/lib/backup/backup.kit";
import { isDraft, writeWhole } from "@/lib/backup/write-file";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "whole-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function* bytes(fault?: Error): AsyncGenerator<Buffer> {
  yield Buffer.from("half ");
  if (fault !== undefined) throw fault;
  yield Buffer.from("and half");
}

test("a file is whole, its owner's alone, and has its name only then", async () => {
  const path = join(folder, "one");
  const seen: string[] = [];
  async function* looking() {
    yield Buffer.from("half ");
    seen.push(...(await readdir(folder)));
    yield Buffer.from("and half");
  }
  expect(await writeWhole(path, looking())).toBe(13);
  expect(seen.filter((name) => !isDraft(name))).toEqual([]);
  expect(await readFile(path, "utf8")).toBe("half and half");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test.each([
  ["ENOSPC", "backup.no_room"],
  ["EDQUOT", "backup.no_room"],
  ["EACCES", "backup.nowhere"],
])("%s in the middle is a sentence, and nothing is left", async (code, id) => {
  const full = Object.assign(new Error("no"), { code });
  expect(await refusalIn(writeWhole(join(folder, "one"), bytes(full)))).toBe(id);
  expect(await readdir(folder)).toEqual([]);
});

test("what is there stays: a file, and whatever another process writes", async () => {
  await writeFile(join(folder, "one"), "mine");
  expect(await refusalIn(writeWhole(join(folder, "one"), bytes()))).toBe("backup.exists");
  expect(await readFile(join(folder, "one"), "utf8")).toBe("mine");
  await expect(writeWhole(join(folder, "two"), bytes(new Error("the database went away")))).rejects.toThrow(
    "went away",
  );
  expect(await readdir(folder)).toEqual(["one"]);
});

test("what cannot be read back, or was given up by then, has no name, and nothing is left", async () => {
  const seen: string[] = [];
  const readBack = async (draft: string) => {
    seen.push(await readFile(draft, "utf8"), ...(await readdir(folder)).filter((name) => !isDraft(name)));
    throw new Error("one byte is another");
  };
  await expect(writeWhole(join(folder, "one"), bytes(), { readBack })).rejects.toThrow("one byte");
  expect(seen).toEqual(["half and half"]);
  const onKeeping = () => {
    throw new Error("Interrupted.");
  };
  await expect(writeWhole(join(folder, "one"), bytes(), { onKeeping })).rejects.toThrow("Interrupted");
  expect(await readdir(folder)).toEqual([]);
});
