import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { heldKindsOf } from "@/lib/factors/held-kinds";
import { type HeldBeside, heldBeside, readHeld } from "@/lib/factors/store";
import { inSeconds, later } from "@/lib/kernel/duration";
import type { NoticeFacts } from "@/lib/letters/draft";
import { resetByOperator } from "@/lib/letters/kinds/reset-by-operator";
import { resetCode } from "@/lib/letters/kinds/reset-code";
import { resetLink } from "@/lib/letters/kinds/reset-link";
import type { LetterWords } from "@/lib/letters/letter-kind";
import type { OpenLetter } from "@/lib/letters/open-letter";
import { queueLetters } from "@/lib/letters/queue-letters";
import { linkHash, newLinkToken } from "@/lib/links/link";
import { addResetLink } from "@/lib/links/store";
import { languageOf } from "@/lib/notices/reader";
import { findReader } from "@/lib/notices/store";
import { policy } from "@/lib/policy/policy";
import { consumeResetLetter } from "@/lib/resets/consume-reset-letter";
import { addressMark } from "@/lib/resets/live-reset";
import { newResetCode } from "@/lib/resets/reset-code";
import { readResetOrder } from "@/lib/resets/reset-order";
import { findResetWay, type ResetWay } from "@/lib/resets/reset-way";
import { mayReset } from "@/lib/resets/resettable";
import { findKnocker } from "@/lib/sessions/devices/store";
import { listResetAddresses } from "@/lib/users/reset-addresses";
import type { Account } from "@/lib/users/user";

/**
 * Looks up whose name was typed when somebody asked for a new password, and writes the letter: an order that the outbox worker carries out, in the transaction that
 * takes it out of the outbox. Unknown, disabled, never in, or five letters this hour already: it simply ends. The letter leaves for the login e-mail only, in its
 * reader's language.
 */
export async function sendResetLetter(tx: Ctx, { facts }: OpenLetter): Promise<void> {
  const order = readResetOrder(facts);
  if (order === null) return;
  const name = { identifier: order.identifier, former: order.former };
  const { account, deviceId, beside } = await findKnocker<HeldBeside>(tx, name, order.devices, heldBeside);
  if (account === null || !(await mayReset(tx, account))) return;
  if (!(await consumeResetLetter(tx, { userId: account.id, deviceId }))) return;
  const way = await findResetWay(tx, account, heldKindsOf(readHeld(beside ?? []), deviceId));
  const asker = { ...tx, now: tx.now, visitor: { ip: order.ip, agent: order.agent } };
  await recordEvent(asker, { name: "reset.letter_sent", subjectId: account.id, actorId: null, meta: { way } });
  const { at, ip, agent, app } = order;
  await writeResetLetter(tx, { account, way, app, asked: { at, ip, agent } });
}

type Writing = {
  readonly account: Account;
  readonly way: ResetWay;
  readonly app: string | null;
  /** Who asked, when and from where. */
  readonly asked: NoticeFacts;
};

/** Writes the letter that this way leads by, to the account's own addresses for it. In the caller's transaction. */
export async function writeResetLetter(tx: Ctx, { account, way, app, asked }: Writing): Promise<void> {
  const { id: userId } = account;
  const reader = await findReader(tx, userId);
  if (reader === null) return;
  const words = await wordsOf(tx, { account, way, app, asked });
  const envelope = { userId, channel: "mail", language: languageOf(reader), urgent: true } as const;
  const expiresAt = later(tx.now, policy.link.reset);
  const addresses = await listResetAddresses(tx, account);
  await queueLetters(
    tx,
    addresses.map((to) => ({ ...envelope, to, expiresAt, ...words })),
  );
}

async function wordsOf(tx: Ctx, { account, way, app, asked }: Writing): Promise<LetterWords> {
  if (way === "operator") return resetByOperator.telling(asked);
  if (app === null) return resetLink.telling({ ...asked, ...(await newResetLink(tx, account)) });
  const minutes = Math.round(inSeconds(policy.reset.codeLifetime) / 60);
  return resetCode.telling({ ...asked, code: await newResetCode(tx, account, app), minutes });
}

/** A link of 256 bits, stored as its SHA-256, good for half an hour under the password and the address of this moment. */
async function newResetLink(tx: Ctx, { id: userId, email }: Account) {
  const token = newLinkToken(tx, "reset");
  const hash = linkHash(token, "reset") ?? "";
  const expiresAt = later(tx.now, policy.link.reset);
  await addResetLink(tx, { hash, userId, sentTo: addressMark(email), expiresAt }, policy.reset.liveLinks);
  return { link: `${config().appUrl}/reset-password/${token}`, minutes: Math.round(inSeconds(policy.link.reset) / 60) };
}
