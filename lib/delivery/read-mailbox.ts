import { config } from "@/lib/config/config";
import { findInMailbox, listMailbox, type MailboxLetter, mailboxFolder } from "@/lib/delivery/mailbox";

/** One line of the mailbox. `code`: the first one in the letter, so that nobody has to open it. */
export type MailboxView = Pick<MailboxLetter, "id" | "channel" | "to" | "at"> & {
  readonly title: string;
  readonly code: string | null;
};

/** Every letter, newest first; null where there are no helps for developers, and so no mailbox. */
export async function readMailbox(): Promise<readonly MailboxView[] | null> {
  if (!config().devTools) return null;
  return (await listMailbox(mailboxFolder(config().dataDir))).map(viewOf);
}

/** One letter with all its words; null when it is not there, or no mailbox. */
export async function readMailboxLetter(id: string): Promise<(MailboxLetter & MailboxView) | null> {
  const letter = config().devTools ? await findInMailbox(mailboxFolder(config().dataDir), id) : null;
  return letter === null ? null : { ...letter, ...viewOf(letter) };
}

function viewOf({ id, channel, to, at, subject, text }: MailboxLetter): MailboxView {
  return { id, channel, to, at, title: subject ?? text.split("\n", 1)[0] ?? "", code: codeIn(text) };
}

/** Six or eight digits that stand for themselves, written together or in halves. */
function codeIn(text: string): string | null {
  return /(?<![\d+#])(?:\d{3} ?\d{3}|\d{4} ?\d{4})(?!\d)/.exec(text)?.[0] ?? null;
}
