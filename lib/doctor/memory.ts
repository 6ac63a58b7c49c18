import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where a group of processes has its limit, what it takes, and what of that are pages of files, which the system takes back; version 2 of Linux' groups, then 1. */
const places = [
  { limit: "memory.max", taken: "memory.current", stat: "memory.stat", files: ["inactive_file", "active_file"] },
  {
    limit: "memory/memory.limit_in_bytes",
    taken: "memory/memory.usage_in_bytes",
    stat: "memory/memory.stat",
    files: ["total_inactive_file", "total_active_file"],
  },
] as const;

/**
 * Bytes that programs may still take here: `free` of the machine's, or less where a container sets a limit. `groups`: where the system shows it (Linux,
 * "Control Group v2", and "Memory Resource Controller").
 */
export function memoryLeft(free: number, groups = "/sys/fs/cgroup"): number {
  const lefts = places.map(({ limit, taken, stat, files }) => {
    const [most, now] = [limit, taken].map((name) => Number(read(join(groups, name)) || Number.NaN));
    if (most === undefined || now === undefined || Number.isNaN(most - now)) return Number.POSITIVE_INFINITY; // none, or "max"
    const lines = read(join(groups, stat)).split("\n");
    const inFiles = files.map((name) => Number(lines.find((line) => line.startsWith(`${name} `))?.split(" ")[1] ?? 0));
    return Math.max(0, most - now + inFiles.reduce((sum, bytes) => sum + bytes, 0));
  });
  return Math.min(free, ...lefts);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return ""; // another system, or no such limit
  }
}
