import { systemClock } from "@/lib/kernel/clock";
import type { LogLine } from "@/lib/kernel/fault-line";

/** Writes one JSON line to stdout, where a supervisor collects it. `event` says what happened. */
export function logLine(level: "info" | "warning" | "error", event: string, more: LogLine = {}): void {
  process.stdout.write(`${JSON.stringify({ at: systemClock.now().toISOString(), level, event, ...more })}\n`);
}
