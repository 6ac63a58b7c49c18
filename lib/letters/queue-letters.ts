import { config } from "@/lib/config/config";
import { lastly, type RawCtx } from "@/lib/context/context";
import { blindIndex } from "@/lib/crypto/index-keys";
import { seal } from "@/lib/crypto/seal";
import { later } from "@/lib/kernel/duration";
import { letterSealedFor, type NewLetter } from "@/lib/letters/letter";
import { insertLetters, type NewLetterRow } from "@/lib/letters/store";
import { wakeOutboxWorker } from "@/lib/letters/wake";
import type { ChannelName } from "@/lib/policy/channels";
import { letterRules } from "@/lib/policy/letter-rules";

/**
 * A transactional outbox: writes letters in the caller's transaction, as a part of its last statement, so that they stand or fall with what
 * they tell. Where they go and what they say is sealed for the letter's id. The outbox worker hears of them after the commit. A letter
 * whose channel is off is not written at all, unless it is to wait for that; the same id twice counts the waiting letter up.
 */
export async function queueLetters(tx: RawCtx, letters: readonly NewLetter[]): Promise<void> {
  const rows = letters
    .filter(({ channel, evenIfOff = false }) => evenIfOff || canLeave(channel))
    .map((letter) => rowOf(tx, letter));
  if (rows.length === 0) return;
  await lastly(tx, () => insertLetters(rows));
  tx.afterCommit(wakeOutboxWorker);
}

/** Is there a way out for letters of this channel? The kill switch for text messages closes theirs. */
export function canLeave(channel: ChannelName): boolean {
  const { mail, sms, phones } = config();
  return channel === "mail" ? mail.kind !== "off" : sms.kind !== "off" && phones.enabled;
}

/** By what a row says where its letter went, when the place itself is wiped: whoever has the address recognises it. */
export const addressName = (channel: ChannelName, to: string): string => blindIndex("mac:address", [channel, to]);

function rowOf(tx: RawCtx, letter: NewLetter): NewLetterRow {
  const { userId, channel, to, kind, facts, language, urgent = false, id = tx.random.id() } = letter;
  const address = addressName(channel, to);
  return {
    id,
    userId,
    channel,
    kind,
    urgent,
    address,
    language,
    queue: `${userId ?? `to:${address}`}|${channel}|${urgent ? "codes" : "notices"}`,
    destination: seal(to, letterSealedFor(id, "destination")),
    content: seal(JSON.stringify(facts), letterSealedFor(id, "content")),
    createdAt: tx.now,
    notBefore: letter.notBefore ?? tx.now,
    expiresAt: letter.expiresAt ?? later(letter.notBefore ?? tx.now, letterRules.life),
  };
}
