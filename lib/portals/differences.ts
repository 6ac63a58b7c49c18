import { type LogLine, logLine } from "@/lib/kernel/log";
import type { Portal } from "@/lib/portals/portal";

/**
 * Tells the log in what a living portal is another one than we are, once for each difference: a version while an upgrade goes round, apps that one of
 * two machines forgot. The version is named; of the apps there is only a hash, which tells an operator nothing.
 */
export function differencesTold(self: Portal): (living: readonly Portal[]) => void {
  const told = new Set<string>();
  return (living) => {
    for (const other of living) {
      for (const what of ["version", "appsHash"] as const) {
        const mark = `${other.id} ${what} ${other[what]}`;
        if (other[what] === self[what] || told.has(mark)) continue;
        told.add(mark);
        const versions: LogLine = what === "version" ? { ours: self.version, theirs: other.version } : {};
        logLine("warning", "portal.differs", { portal: other.name, in: wordFor[what], ...versions });
      }
    }
  };
}

const wordFor = { version: "version", appsHash: "APPS_FILE" } as const;
