import { systemClock } from "@/lib/kernel/clock";

declare global {
  /** Lines that wait until the start has said its sentences. Global, because the serving entry and the pages are two bundles. */
  var sallyportHeldLines: string[] | undefined;
}

/** How much a line wants of the operator. `alarm`: somebody was not told something, or cannot get in. `event`: it happened to an account, and stands in a row too. */
export type LogLevel = "info" | "warning" | "error" | "alarm" | "event";

type Short = string | number | boolean | null;

/** What a line may say beside its name: flat, short values chosen by the caller; an event's `meta` is flat too. */
export type LogLine = Readonly<Record<string, Short | Date | Readonly<Record<string, Short>>>>;

/**
 * Writes one JSON line to stdout, where a supervisor collects it: at once, or when `holdLines` ends. In: the level; `event`, which says what happened
 * (each stands in docs/security/events.md); what belongs to it, where `at` is another moment than the machine's now, in UTC.
 */
export function logLine(level: LogLevel, event: string, more: LogLine = {}): void {
  const text = `${JSON.stringify({ at: systemClock.now(), level, event, ...more })}\n`;
  if (globalThis.sallyportHeldLines === undefined) process.stdout.write(text);
  else globalThis.sallyportHeldLines.push(text);
}

/**
 * Holds the log back while the start speaks to a person in sentences. Returns how to let it go; an end of the process does too, so that
 * no line is lost.
 */
export function holdLines(): () => void {
  globalThis.sallyportHeldLines ??= [];
  const release = () => {
    const held = globalThis.sallyportHeldLines ?? [];
    globalThis.sallyportHeldLines = undefined;
    process.off("exit", release);
    for (const text of held) process.stdout.write(text);
  };
  process.once("exit", release);
  return release;
}
