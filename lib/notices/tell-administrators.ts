import type { RawCtx } from "@/lib/context/context";
import { telling } from "@/lib/letters/letter-kind";
import { canLeave, queueLetters } from "@/lib/letters/queue-letters";
import type { Notice } from "@/lib/notices/notice";
import { toAccount } from "@/lib/notices/reader";
import { listAdministrators } from "@/lib/notices/store";

/** `exceptId`: whom it is about; null: it is about nobody. */
type Report = { readonly exceptId: string | null; readonly notice: Notice; readonly facts: object };

/**
 * Tells every administrator, but the one it is about. In the transaction of what it tells; SQL only; nothing while mail is off, and never by text message:
 * that is what may be spent.
 */
export async function tellAdministrators(tx: RawCtx, { exceptId, notice, facts }: Report): Promise<void> {
  if (!canLeave("mail")) return;
  const administrators = await listAdministrators(tx, exceptId);
  await queueLetters(
    tx,
    administrators.map((administrator) => ({ ...toAccount(administrator), ...telling(notice, facts) })),
  );
}
