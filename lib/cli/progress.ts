import type { Typed } from "@/lib/cli/command";
import type { Terminal } from "@/lib/cli/terminal";
import { progressRules } from "@/lib/policy/progress-rules";

/** Hears how much of some work is done, from 0 to 1; `end` when it is over, whatever came of it. */
export type Progress = { readonly at: (share: number) => void; readonly end: () => void };

/**
 * Shows work that takes longer than two seconds: a bar where a terminal watches, a line every five seconds elsewhere, nothing for programs (`--json`). `what`:
 * "Backing up".
 */
export function showProgress(
  { terminal, typed }: { readonly terminal: Terminal; readonly typed: Typed },
  what: string,
): Progress {
  if (typed.flags.json === true) return { at: () => undefined, end: () => undefined };
  const begun = performance.now();
  const every = terminal.redraw === null ? progressRules.tellAgain : progressRules.redraw;
  let shownAt: number | null = null;
  const at = (share: number) => {
    const now = performance.now();
    if (now - begun < progressRules.quiet || now - (shownAt ?? Number.NEGATIVE_INFINITY) < every) return;
    shownAt = now;
    const words = `${what}: ${Math.floor(share * 100)} %${leftInWords(share, now - begun)}`;
    if (terminal.redraw === null) terminal.err(words);
    else terminal.redraw(`${barOf(share)} ${words}`);
  };
  const end = () => {
    if (shownAt !== null) terminal.redraw?.("");
  };
  return { at, end };
}

const wide = 24;
const barOf = (share: number): string => "#".repeat(Math.round(share * wide)).padEnd(wide, "-");

/** As long as the rest would take at the pace of so far; of the first few hundredths nobody can tell. */
function leftInWords(share: number, took: number): string {
  if (share < 0.05) return "";
  const seconds = Math.max(1, Math.round((took / share - took) / 1000));
  return seconds < 90 ? `, about ${seconds} s left` : `, about ${Math.ceil(seconds / 60)} min left`;
}
