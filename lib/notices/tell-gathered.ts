import { inShortTransaction, type RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { later } from "@/lib/kernel/duration";
import { telling } from "@/lib/letters/letter-kind";
import { canLeave, queueLetters } from "@/lib/letters/queue-letters";
import { countRepeat } from "@/lib/letters/store";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { digest } from "@/lib/notices/kinds/digest";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { toAccount } from "@/lib/notices/reader";
import { findReader, findWindowStart, type KnownReader } from "@/lib/notices/store";
import type { GatheredNotice } from "@/lib/notices/which-notice";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { bucketKey } from "@/lib/throttle/bucket";
import { writeNothingNew } from "@/lib/throttle/store";
import { consumeWindowTry } from "@/lib/throttle/windows/store";

export type Told = {
  readonly notice: GatheredNotice;
  /** A person's id, or what stands for a name that nobody has: the same work is done for it, and no letter written. */
  readonly subject: string;
  /** The login that it is about. */
  readonly challengeId: string | null;
  /** What the reader reads, where the account's row may already say what a stranger reads. */
  readonly language?: string | null;
};

const rule = throttleRules["notice.gathered"];

/**
 * Tells somebody, at their account's own address, that somebody else may be at work. The first notice of a kind leaves at once, always.
 * What comes again within the hour is one more letter, the digest, which leaves when the hour is over and counts them: 200 make
 * two letters. The counter's row is locked first, so that two portals agree on which is the first. SQL only; nothing while mail is off.
 */
export async function tellGathered(ctx: RawCtx, told: Told): Promise<void> {
  if (!canLeave("mail")) return;
  await inShortTransaction(ctx, async (tx) => {
    const key = bucketKey("notice.gathered", `${told.notice.kind}:${told.subject}`);
    const isFirst = (await consumeWindowTry(tx, key, rule)) !== null;
    const found = await findReader(tx, told.subject);
    const reader = found && told.language !== undefined ? { ...found, language: told.language } : found;
    const since = isFirst ? null : await findWindowStart(tx, key);
    const id = since === null ? tx.random.id() : digestId(told, since);
    if (since !== null && (await countRepeat(tx, id))) return;
    if (!reader) {
      await writeNothingNew(tx, key); // in the place of a letter, so that the time of the answer does not tell who exists
      return;
    }
    const facts = { ...noticeFacts(tx), link: await linkOf(tx, told, reader) };
    if (since === null) await queueLetters(tx, [{ ...toAccount(reader), ...telling(told.notice, facts), id }]);
    else {
      const words = digest.telling({ ...facts, about: told.notice.kind });
      await queueLetters(tx, [{ ...toAccount(reader), ...words, id, notBefore: later(since, rule.window) }]);
    }
  });
}

/** One digest for each kind, person and hour. Opaque, because providers see a letter's id. */
const digestId = ({ notice, subject }: Told, since: Date): string =>
  sha256(["digest", notice.kind, subject, since.toISOString()].join("|"));

/**
 * A new link to the page with the button, where the notice is an alarm and somebody has proven that they read there; else empty. An address that only somebody
 * typed may be a stranger's, who would close the account at each new browser of its owner.
 */
async function linkOf(
  tx: RawCtx,
  { notice, subject: userId, challengeId }: Told,
  { emailConfirmedAt }: KnownReader,
): Promise<string> {
  const { link: kind } = notice.reaches;
  return kind === null || emailConfirmedAt === null ? "" : newAlarmLink(tx, { kind, userId, challengeId });
}
