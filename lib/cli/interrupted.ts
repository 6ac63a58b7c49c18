import type { Terminal } from "@/lib/cli/terminal";
import { stopSignals } from "@/scripts/stop-signals.mjs";

/**
 * While `work` runs, a signal says what was and was not done, and ends the process: at once, or when whoever else listens (a database that was started for us)
 * has ended theirs. `words`: asked at that moment.
 */
export async function withWords<T>(terminal: Terminal, words: () => string, work: () => Promise<T>): Promise<T> {
  const onSignal = (name: NodeJS.Signals) => {
    terminal.err(`\n${words()}`);
    if (process.listenerCount(name) === 0) process.exit(130);
  };
  for (const name of stopSignals) process.prependOnceListener(name, onSignal);
  try {
    return await work();
  } finally {
    for (const name of stopSignals) process.off(name, onSignal);
  }
}

/**
 * Of work that becomes true in one last moment: `untouched` is said of an interruption before it, `inDoubt` of one from then on. `onLast`, for the work to call right before that moment,
 * throws where the interruption was told already and something else keeps the process alive: then it must not become true any more.
 */
export function atTheLast(
  untouched: string,
  inDoubt: string,
): { readonly words: () => string; readonly onLast: () => void } {
  let [isOver, isLast] = [false, false];
  return {
    words: () => {
      isOver = true;
      return isLast ? inDoubt : untouched;
    },
    onLast: () => {
      if (isOver) throw new Error("Interrupted.");
      isLast = true;
    },
  };
}

/** The words for a file that gets its name when it is whole. */
export const lastStepOf = (path: string): string =>
  `Interrupted in the very last step: see whether ${path} is there. If it is, it is whole.`;
