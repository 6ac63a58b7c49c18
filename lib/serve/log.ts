import { systemClock } from "@/lib/kernel/clock";
import type { LogLine } from "@/lib/kernel/fault-line";
import { writeLine } from "@/lib/kernel/log";

/** Writes one JSON line to stdout, where a supervisor collects it. `event` says what happened. */
export function logLine(level: "info" | "warning" | "error", event: string, more: LogLine = {}): void {
  writeLine({ at: systemClock.now().toISOString(), level, event, ...more });
}
