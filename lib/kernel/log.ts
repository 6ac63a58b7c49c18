declare global {
  /** Lines that wait until the start has said its sentences. Global, because the serving entry and the pages are two bundles. */
  var sallyportHeldLines: string[] | undefined;
}

/** Writes one JSON line to the log. Values made by `secret()` print as "[redacted]". */
export function logLine(log: string, line: Readonly<Record<string, unknown>>): void {
  writeLine({ log, ...line });
}

/** Writes any one JSON line: at once, or when `holdLines` ends. */
export function writeLine(line: Readonly<Record<string, unknown>>): void {
  const text = `${JSON.stringify(line)}\n`;
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
