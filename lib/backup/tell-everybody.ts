import type { RawCtx } from "@/lib/context/context";
import { telling } from "@/lib/letters/letter-kind";
import { canLeave, queueLetters } from "@/lib/letters/queue-letters";
import { portalRestored } from "@/lib/notices/kinds/portal-restored";
import { toAccount } from "@/lib/notices/reader";
import { listReadersAfter } from "@/lib/notices/store";
import { backupRules } from "@/lib/policy/backup-rules";

/** The moment to which the portal was set back, and whether everybody needs a new password. */
type SetBack = { readonly to: Date; readonly newPasswords: boolean };

/**
 * Writes one letter to everybody who was ever in, at their account's own address, in the transaction of the restore: what they changed since may be undone, and
 * only they know what that was. Out: how many; none while mail is off.
 */
export async function tellEverybody(tx: RawCtx, { to, newPasswords }: SetBack): Promise<number> {
  if (!canLeave("mail")) return 0;
  const facts = { at: tx.now.toISOString(), to: to.toISOString(), password: newPasswords ? "closed" : "kept" } as const;
  let told = 0;
  for (let after = ""; ; ) {
    const readers = await listReadersAfter(tx, after, backupRules.letters);
    const last = readers.at(-1);
    if (last === undefined) return told;
    await queueLetters(
      tx,
      readers.map((reader) => ({ ...toAccount(reader), ...telling(portalRestored, facts) })),
    );
    told += readers.length;
    after = last.userId;
  }
}
