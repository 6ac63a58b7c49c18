import { codesOf, layersOf } from "@/lib/kernel/fault-layers";
import type { LogLine } from "@/lib/kernel/log";

/** PostgreSQL, appendix A: a prepared statement's name that nobody has, or that somebody has already. A pooler has come between, or was set otherwise. */
export const nameFaults: ReadonlySet<string> = new Set(["26000", "42P05"]);

const nameCure =
  "A pooler does not carry the statements' names: set DATABASE_STATEMENTS=unnamed, or let it carry them (docs/operate.md).";

/**
 * What a log may say about a thrown value: its kind, its code and where it was thrown (the first line of the stack that
 * is a place). Its message only where the words can be nobody's input: drivers and parsers quote people in theirs. `cure`: what an operator sets, where the code
 * alone tells it.
 */
export function faultLine(fault: unknown): LogLine {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  const code = "code" in fault && typeof fault.code === "string" ? fault.code : null;
  const digest = "digest" in fault && typeof fault.digest === "string" ? fault.digest : null;
  const line = {
    fault: fault.name,
    code,
    digest,
    place: placeOf(fault),
    message: isOurOwn(fault) ? fault.message : null,
  };
  return isOfNames(fault) ? { ...line, cure: nameCure } : line;
}

const isOfNames = (fault: Error): boolean =>
  layersOf(fault)
    .flatMap(codesOf)
    .some((code) => nameFaults.has(code));

/** The message stands in the stack too, and may hold lines that look like a place. */
function placeOf({ stack = "", message }: Error): string | null {
  const trace = stack.slice(stack.indexOf(message) + message.length).split("\n");
  return trace.find((line) => /^\s+at /.test(line))?.trim() ?? null;
}

/** With a code a TypeError is Node's own, about an argument, and quotes it. */
function isOurOwn(fault: Error): boolean {
  if (fault.message.startsWith("This should not happen:")) return true;
  return (fault.name === "TypeError" || fault.name === "ReferenceError") && !("code" in fault);
}
