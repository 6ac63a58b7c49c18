import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { memoryLeft } from "@/lib/doctor/memory";

const stat = "anon 700\nfile 900\ninactive_file 60\nactive_file 40\ntotal_inactive_file 30\ntotal_active_file 20";

test.each([
  ["without a limit it is the machine's", {}, 5000],
  ["nor is “max” one", { "memory.max": "max\n", "memory.current": "900\n" }, 5000],
  [
    "a container's limit counts, and pages of files are not taken",
    { "memory.max": "1000\n", "memory.current": "900\n", "memory.stat": stat },
    200,
  ],
  ["where the machine has less, that is all", { "memory.max": "9000\n", "memory.current": "900\n" }, 5000],
  ["what is over the limit leaves nothing", { "memory.max": "1000\n", "memory.current": "1100\n" }, 0],
  [
    "groups of version 1 say it elsewhere",
    { "memory/memory.limit_in_bytes": "1000\n", "memory/memory.usage_in_bytes": "900\n", "memory/memory.stat": stat },
    150,
  ],
] as const)("memory that is left: %s", async (_, files, left) => {
  const groups = await mkdtemp(join(tmpdir(), "groups-"));
  await mkdir(join(groups, "memory"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(groups, name), text);
  try {
    expect(memoryLeft(5000, groups)).toBe(left);
  } finally {
    await rm(groups, { recursive: true });
  }
});
