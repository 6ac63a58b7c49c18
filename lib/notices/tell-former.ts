import type { RawCtx } from "@/lib/context/context";
import { telling } from "@/lib/letters/letter-kind";
import { queueLetters } from "@/lib/letters/queue-letters";
import type { Notice } from "@/lib/notices/notice";
import { languageOf } from "@/lib/notices/reader";
import { findReader } from "@/lib/notices/store";

type Telling = {
  readonly userId: string;
  /** The address before; null: nobody had proven that they read it. */
  readonly to: string | null;
  readonly notice: Notice;
  readonly facts: object;
};

/** Tells the mailbox that was somebody's login e-mail until this very transaction, with what only it may know. SQL only; nothing while mail is off. */
export async function tellFormer(tx: RawCtx, { userId, to, notice, facts }: Telling): Promise<void> {
  const reader = to === null ? null : await findReader(tx, userId);
  if (to === null || reader === null) return;
  await queueLetters(tx, [{ userId, channel: "mail", to, language: languageOf(reader), ...telling(notice, facts) }]);
}
