import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { inSeconds, later } from "@/lib/kernel/duration";
import { unlockLink } from "@/lib/letters/kinds/unlock-link";
import type { OpenLetter } from "@/lib/letters/open-letter";
import { queueLetters } from "@/lib/letters/queue-letters";
import { noticeBudget } from "@/lib/notices/notice-budget";
import { languageOf } from "@/lib/notices/reader";
import { findReader } from "@/lib/notices/store";
import { policy } from "@/lib/policy/policy";
import { findKnocker } from "@/lib/sessions/devices/store";
import { consumeAllWindows } from "@/lib/throttle/consume-all-windows";
import { claimedDay, houseDay } from "@/lib/throttle/day-budget";
import { windowOf } from "@/lib/throttle/send-windows";
import { readUnlockOrder } from "@/lib/unlocks/ask-for-unlock";
import { insertUnlock } from "@/lib/unlocks/store";
import { newUnlockToken, unlockCodeHash, unlockHash } from "@/lib/unlocks/token";
import { findUnlockAddress } from "@/lib/users/reset-addresses";

/**
 * Looks up who asked past the strangers, and writes the letter with the link and the code: three an hour for an account, at the login e-mail only. Unknown, disabled,
 * without a password: it ends.
 */
export async function sendUnlockLetter(tx: Ctx, { facts }: OpenLetter): Promise<void> {
  const order = readUnlockOrder(facts);
  if (order === null) return;
  const { at, ip, agent, waits: waitHash, ...name } = order;
  const { account } = await findKnocker(tx, name, []);
  if (account === null || account.disabledAt !== null || account.passwordHash === null) return;
  const { id: userId } = account;
  const to = await findUnlockAddress(tx, account);
  if (to === null) return;
  const house = houseDay("mail");
  const hasRoom = await consumeAllWindows(tx, [windowOf("unlock.account", userId), claimedDay(house), house]);
  await noticeBudget(tx, "mail");
  const reader = hasRoom ? await findReader(tx, userId) : null;
  if (reader === null) return;
  const [id, code, token] = [tx.random.id(), tx.random.digits(policy.unlock.codeDigits), newUnlockToken(tx, "unl_")];
  const linkHash = unlockHash(token, "unl_") ?? "";
  await insertUnlock(tx, { id, userId, waitHash, linkHash, codeHash: unlockCodeHash(id, code) });
  const asker = { ...tx, now: tx.now, visitor: { ip, agent } };
  await recordEvent(asker, { name: "unlock.letter_sent", subjectId: userId, actorId: null });
  const minutes = Math.round(inSeconds(policy.unlock.letter) / 60);
  const words = unlockLink.telling({ at, ip, agent, code, minutes, link: `${config().appUrl}/unlock/${token}` });
  const envelope = { userId, channel: "mail", language: languageOf(reader), urgent: true } as const;
  const expiresAt = later(tx.now, policy.unlock.letter);
  await queueLetters(tx, [{ ...envelope, to, expiresAt, ...words }]);
}
