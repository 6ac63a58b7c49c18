import type { RawCtx } from "@/lib/context/context";
import { later } from "@/lib/kernel/duration";
import { idAbout } from "@/lib/letters/letter";
import { telling } from "@/lib/letters/letter-kind";
import { canLeave, queueLetters } from "@/lib/letters/queue-letters";
import type { Notice, Reach } from "@/lib/notices/notice";
import { toAccount } from "@/lib/notices/reader";
import { listAdministrators } from "@/lib/notices/store";
import { letterRules } from "@/lib/policy/letter-rules";

type AdministratorNotice = Notice<Extract<Reach, { readonly to: "administrators" }>>;

/** `exceptId`: whom it is about; null: it is about nobody. `about`: what may end before the letters leave, which are dropped then. */
type Report = {
  readonly exceptId: string | null;
  readonly about?: string;
  readonly notice: AdministratorNotice;
  readonly facts: object;
};

/**
 * Tells every administrator, but the one it is about. In the transaction of what it tells; SQL only; while mail is off nothing, but for a notice that waits for it; and
 * never by text message: that is what may be spent.
 */
export async function tellAdministrators(tx: RawCtx, { exceptId, about, notice, facts }: Report): Promise<void> {
  const { waitsForMail = false } = notice.reaches;
  if (!canLeave("mail") && !waitsForMail) return;
  const waiting = waitsForMail ? { evenIfOff: true, expiresAt: later(tx.now, letterRules.lifeWhileOff) } : {};
  const administrators = await listAdministrators(tx, exceptId);
  await queueLetters(
    tx,
    administrators.map((administrator) => ({
      ...toAccount(administrator),
      ...waiting,
      ...(about === undefined ? {} : { id: idAbout(about, administrator.userId) }),
      ...telling(notice, facts),
    })),
  );
}
