import type { RawCtx } from "@/lib/context/context";
import { openSecret, type SealedFactor } from "@/lib/crypto/factor-secret";
import { telling } from "@/lib/letters/letter-kind";
import { canLeave, queueLetters } from "@/lib/letters/queue-letters";
import type { Notice } from "@/lib/notices/notice";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { toAccount } from "@/lib/notices/reader";
import { listOwners } from "@/lib/notices/store";
import { isAddressKind } from "@/lib/policy/kinds";

/** What `userId` has just bound; `handle` is the HMAC by which its like are found, null where there is nothing to compare. */
export type BoundHandle = SealedFactor & { readonly kind: string; readonly handle: string | null };

/**
 * Tells everybody else who has bound the same number or address, or logs in with it, at their account's own address, that somebody proved
 * to receive there.
 * Nothing about their account changes. In the transaction of the binding; SQL only; nothing while mail is off.
 */
export async function tellOtherOwners(tx: RawCtx, bound: BoundHandle & { readonly notice: Notice }): Promise<void> {
  const { kind, handle, userId, notice } = bound;
  if (handle === null || !isAddressKind(kind) || !canLeave("mail")) return;
  const owners = await listOwners(tx, { kind, handle, address: openSecret(bound) }, userId);
  const facts = { ...noticeFacts(tx), ip: "", agent: "", destination: kind }; // where the other person is, is theirs
  await queueLetters(
    tx,
    owners.map((owner) => ({ ...toAccount(owner), ...telling(notice, facts) })),
  );
}
