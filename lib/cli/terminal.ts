import { createInterface } from "node:readline";
import type { Writable } from "node:stream";
import { type LostOutput, outputTo } from "@/lib/cli/output";

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
  /** What became of everything that went to stdout so far; null: it arrived. */
  readonly lost: () => Promise<LostOutput | null>;
};

const stdout = outputTo(process.stdout, 1);

/** This process's own streams. Questions go to stderr, so that stdout stays clean. */
export const processTerminal: Terminal = {
  out: (text) => stdout.stream.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  ask: askOnTerminal,
  isAttended: process.stdin.isTTY === true,
  redraw: process.stderr.isTTY === true ? (text) => process.stderr.write(`\r\x1b[K${text}`) : null,
  bytes: () => stdout.stream,
  lost: stdout.lost,
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
