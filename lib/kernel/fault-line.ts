import type { LogLine } from "@/lib/kernel/log";

/**
 * What a log may say about a thrown value: its kind, its code and where it was thrown (the first line of the stack that
 * is a place). Its message only where the words can be nobody's input: drivers and parsers quote people in theirs.
 */
export function faultLine(fault: unknown): LogLine {
  if (!(fault instanceof Error)) return { fault: typeof fault };
  const code = "code" in fault && typeof fault.code === "string" ? fault.code : null;
  const digest = "digest" in fault && typeof fault.digest === "string" ? fault.digest : null;
  return { fault: fault.name, code, digest, place: placeOf(fault), message: isOurOwn(fault) ? fault.message : null };
}

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
