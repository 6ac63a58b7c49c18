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
