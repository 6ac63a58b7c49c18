import { createInterface } from "node:readline";
import type { Writable } from "node:stream";

/** Where a command's words go, and whom it may ask. Tests hand in their own. */
export type Terminal = {
  /** The answer: results only. */
  readonly out: (text: string) => void;
  /** Everything said on the way: progress, refusals, questions. */
  readonly err: (text: string) => void;
  /** What the operator types, or null when nobody sits there or they give up (Ctrl-C, Ctrl-D). */
  readonly ask: (question: string) => Promise<string | null>;
  /** True when somebody can be asked. */
  readonly isAttended: boolean;
  /** Writes over the line before, for a bar that grows; null where nobody watches, and lines are kept. */
  readonly redraw: ((text: string) => void) | null;
  /** Where an answer goes that is no text. */
  readonly bytes: () => Writable;
};

/** This process's own streams. Questions go to stderr, so that stdout stays clean. */
export const processTerminal: Terminal = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  ask: askOnTerminal,
  isAttended: process.stdin.isTTY === true,
  redraw: process.stderr.isTTY === true ? (text) => process.stderr.write(`\r\x1b[K${text}`) : null,
  bytes: () => process.stdout,
};

function askOnTerminal(question: string): Promise<string | null> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    reader.once("close", () => resolve(null));
    reader.question(question, (answer) => {
      resolve(answer.trim());
      reader.close();
    });
  });
}
