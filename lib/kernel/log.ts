import { systemClock } from "@/lib/kernel/clock";

declare global {
  /** Lines that wait until the start has said its sentences. Global, because the serving entry and the pages are two bundles. */
  var sallyportHeldLines: string[] | undefined;
  /** From which level on lines are written. */
  var sallyportLogLevel: AskedLevel | undefined;
}

/** How much a line wants of the operator. `alarm`: somebody was not told something, or cannot get in. `event`: it happened to an account, and stands in a row too. `proof`: nothing; it is to be kept elsewhere, and whoever writes to the database must not find it missing there. */
export type LogLevel = "info" | "warning" | "error" | "alarm" | "event" | "proof";

/** From how grave on an operator wants lines, the least grave first. Whoever wants fewer than all still hears alarms, and gets proofs. */
export const logLevels = ["info", "event", "warning", "error"] as const;
export type AskedLevel = (typeof logLevels)[number];

/** What is less grave is not written from now on, in the whole process. */
export function setLogLevel(level: AskedLevel): void {
  globalThis.sallyportLogLevel = level;
}

const isWanted = (level: LogLevel): boolean =>
  level === "alarm" ||
  level === "proof" ||
  logLevels.indexOf(level) >= logLevels.indexOf(globalThis.sallyportLogLevel ?? "info");

type Short = string | number | boolean | null;

/** What a line may say beside its name: flat, short values chosen by the caller; an event's `meta` is flat too. */
export type LogLine = Readonly<Record<string, Short | Date | Readonly<Record<string, Short>>>>;

/**
 * Writes one JSON line to stdout, where a supervisor collects it: at once, or when `holdLines` ends; nothing where the level is not wanted. In: the level; `event`, which says what happened
 * (each stands in docs/security/events.md); what belongs to it, where `at` is another moment than the machine's now, in UTC. Out: was it wanted?
 */
export function logLine(level: LogLevel, event: string, more: LogLine = {}): boolean {
  if (!isWanted(level)) return false;
  const text = `${JSON.stringify({ at: systemClock.now(), level, event, ...more })}\n`;
  if (globalThis.sallyportHeldLines === undefined) process.stdout.write(text);
  else globalThis.sallyportHeldLines.push(text);
  return true;
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
