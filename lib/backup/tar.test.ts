import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { refusalIn } from "@/lib/backup/backup.kit";
import { endOfArchive, packEntry, unpackEntries } from "@/lib/backup/tar";
import { byteReader } from "@/lib/kernel/byte-reader";
import { monday } from "@/lib/testing/test-context";

const entries = [
  { name: "about.json", body: Buffer.from("{}") },
  { name: "tables/users/000001.gz", body: Buffer.alloc(512, "x") },
  { name: "tables/users/000002.gz", body: Buffer.alloc(0) },
];
const archive = Buffer.concat([...entries.map((entry) => packEntry(entry, monday)), endOfArchive]);

async function* whole(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function unpacked(bytes: Buffer) {
  const found = [];
  for await (const entry of unpackEntries(byteReader(whole(bytes)))) found.push(entry);
  return found;
}

test("what was packed comes out again", async () => {
  expect(await unpacked(archive)).toEqual(entries);
});

test("every other tar reads it too", () => {
  const { stdout, stderr, status } = spawnSync("tar", ["-tvf", "-"], { input: archive, encoding: "utf8" });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(stdout.trimEnd().split("\n")).toHaveLength(3);
  expect(stdout).toMatch(/-rw-------.* 512 2030-01-07 .*tables\/users\/000001\.gz/);
});

test("half an archive, and one whose head is wrong, is refused", async () => {
  expect(await refusalIn(unpacked(archive.subarray(0, 700)))).toBe("backup.unreadable");
  const wrong = Buffer.from(archive);
  wrong[124] = 0x37; // seven gigabytes
  expect(await refusalIn(unpacked(wrong))).toBe("backup.unreadable");
});
