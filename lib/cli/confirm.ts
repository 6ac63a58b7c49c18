import type { Flag, Outcome, Typed } from "@/lib/cli/command";
import type { Terminal } from "@/lib/cli/terminal";

/** For a command that takes away what no other command brings back. */
export const yesFlag: { readonly yes: Flag } = {
  yes: { type: "boolean", shown: "", meaning: "do not ask for confirmation" },
};

type Question = {
  /** What will happen, a sentence that begins with "This". */
  readonly what: string;
  /** What is to be typed again: "the email". */
  readonly word: string;
  readonly isMeant: (answer: string) => boolean;
};

/**
 * Null when the operator means it: with `--yes`, or when they typed a word of the command again on a terminal. Else the outcome with which the
 * command ends without having changed anything.
 */
export async function unconfirmed(
  { typed, terminal }: { readonly typed: Typed; readonly terminal: Terminal },
  { what, word, isMeant }: Question,
): Promise<Outcome | null> {
  if (typed.flags.yes === true) return null;
  if (!terminal.isAttended) return { kind: "misused", text: `${what} Add --yes to confirm it.` };
  const answer = await terminal.ask(`${what} Type ${word} again to confirm: `);
  if (answer !== null && isMeant(answer)) return null;
  return { kind: "refused", id: "not_confirmed", text: `Nothing was changed: ${word} was not typed again.` };
}
