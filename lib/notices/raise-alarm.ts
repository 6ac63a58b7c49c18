import { inShortTransaction, type RawCtx } from "@/lib/context/context";
import { sha256 } from "@/lib/crypto/digest";
import { later } from "@/lib/kernel/duration";
import type { FactsOf, LetterWords } from "@/lib/letters/facts";
import { canLeave, postLetters } from "@/lib/letters/post-letter";
import { countRepeat } from "@/lib/letters/store";
import { newAlarmLink } from "@/lib/links/alarm-link";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { toAccount } from "@/lib/notices/reader";
import { findReader, findWindowStart } from "@/lib/notices/store";
import type { AlarmKind } from "@/lib/notices/which-notice";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { bucketKey, countWindowTries, writeNothingNew } from "@/lib/throttle/store";

export type Alarm = {
  readonly kind: AlarmKind;
  /** A person's id, or what stands for a name that nobody has: the same work is done for it, and no letter written. */
  readonly subject: string;
  /** The login that it is about. */
  readonly challengeId: string | null;
  /** What the reader reads, where the account's row may already say what a stranger reads. */
  readonly language?: string | null;
};

const rule = throttleRules.alarm;

/**
 * Tells somebody, at their account's own address, that somebody else may be at work. The first alarm of a kind leaves at once, always.
 * What comes again within the hour is one more letter, the digest, which leaves when the hour is over and counts them: 200 alarms make
 * two letters. The counter's row is locked first, so that two portals agree on which is the first. SQL only; nothing while mail is off.
 */
export async function raiseAlarm(ctx: RawCtx, alarm: Alarm): Promise<void> {
  if (!canLeave("mail")) return;
  await inShortTransaction(ctx, async (tx) => {
    const key = bucketKey("alarm", `${alarm.kind}:${alarm.subject}`);
    const isFirst = (await countWindowTries(tx, [{ key, rule }])).length === 1;
    const found = await findReader(tx, alarm.subject);
    const reader = found && alarm.language !== undefined ? { ...found, language: alarm.language } : found;
    const since = isFirst ? null : await findWindowStart(tx, key);
    const id = since === null ? tx.random.id() : digestId(alarm, since);
    if (since !== null && (await countRepeat(tx, id))) return;
    if (!reader) {
      await writeNothingNew(tx, key); // in the place of a letter, so that the time of the answer does not tell who exists
      return;
    }
    const words = await wordsOf(tx, alarm);
    if (since === null) await postLetters(tx, [{ ...toAccount(reader), ...words, id }]);
    else {
      const facts = { ...noticeFacts(tx), about: alarm.kind, link: linkOf(words.facts) };
      await postLetters(tx, [
        { ...toAccount(reader), kind: "digest", facts, id, notBefore: later(since, rule.window) },
      ]);
    }
  });
}

/** One digest for each kind, person and hour. Opaque, because providers see a letter's id. */
const digestId = ({ kind, subject }: Alarm, since: Date): string =>
  sha256(["digest", kind, subject, since.toISOString()].join("|"));

async function wordsOf(tx: RawCtx, { kind, subject: userId, challengeId }: Alarm): Promise<AlarmWords> {
  const facts = noticeFacts(tx);
  if (kind === "password.waits") return { kind, facts };
  return { kind, facts: { ...facts, link: await newAlarmLink(tx, { kind, userId, challengeId }) } };
}

type AlarmWords = Extract<LetterWords, { readonly kind: AlarmKind }>;

/** The link that a digest repeats; empty where the alarm has none. */
const linkOf = (facts: FactsOf[AlarmKind]): string => ("link" in facts ? facts.link : "");
