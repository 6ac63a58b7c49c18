/** Writes one JSON line to the log. Values made by `secret()` print as "[redacted]". */
export function logLine(log: string, line: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({ log, ...line })}\n`);
}
