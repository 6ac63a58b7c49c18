import type { EventThat } from "@/lib/audit/events";
import { recordEvent, recordRefused } from "@/lib/audit/record-event";
import { inShortTransaction, type RawCtx } from "@/lib/context/context";
import { canLeave } from "@/lib/letters/queue-letters";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { tellAdministrators } from "@/lib/notices/tell-administrators";
import { tellFormer } from "@/lib/notices/tell-former";
import { tellOtherOwners } from "@/lib/notices/tell-other-owners";
import { tellUser } from "@/lib/notices/tell-user";
import type { Knowing, Told } from "@/lib/notices/told";
import { noticesOf, type TellingEvent, type ToldNotice } from "@/lib/notices/which-notice";
import { writeNothingNew } from "@/lib/throttle/store";

/**
 * Records an event and writes the notices that the table has for it, each for whom it reaches, in the transaction of what it tells. SQL only.
 * While no letter can leave, the event is all, and what is to wait for that.
 */
export async function recordAndTell<N extends TellingEvent & EventThat<"ok" | "failed">>(
  tx: RawCtx,
  told: Told<N>,
): Promise<void> {
  await recordEvent(tx, told.event);
  await tell(tx, { ...told, name: told.event.name, subjectId: told.event.subjectId });
}

/**
 * The same for a refusal: told in a transaction of its own, and recorded after it like every refusal. `first` is done in that transaction before; where it
 * finds nothing to do, nothing is told or recorded. For a name that nobody has the same work is done and no letter written, so that
 * the time of the answer does not tell (ASVS 5.0, 6.3.8). Out: whether it was.
 */
export async function recordRefusedAndTell<N extends TellingEvent & EventThat<"ok" | "refused">>(
  ctx: RawCtx,
  told: Told<N> & { readonly first?: (tx: RawCtx) => Promise<boolean> },
): Promise<boolean> {
  const { name, subjectId } = told.event;
  const isDone = await inShortTransaction(ctx, async (tx) => {
    if (told.first && !(await told.first(tx))) return false;
    await tell(tx, { ...told, name, subjectId });
    if (subjectId === null && canLeave("mail")) await writeNothingNew(tx, nobody); // in the place of the letter
    return true;
  });
  if (isDone) await recordRefused(ctx, told.event);
  return isDone;
}

/** No account has this id. */
const nobody = "";

type Telling = Knowing & { readonly name: TellingEvent; readonly subjectId: string | null; readonly facts?: object };

async function tell(tx: RawCtx, { name, isFirst = false, ...telling }: Telling): Promise<void> {
  for (const notice of noticesOf(name, isFirst)) await tellOne(tx, { ...telling, notice });
}

type TellingOne = Omit<Telling, "name" | "isFirst"> & { readonly notice: ToldNotice };

async function tellOne(
  tx: RawCtx,
  { notice, subjectId, facts: own, bound, former, about, ...where }: TellingOne,
): Promise<void> {
  const { reaches } = notice;
  const facts = { ...noticeFacts(tx), ...own };
  switch (reaches.to) {
    case "owner":
      return tellUser(tx, { userId: subjectId ?? nobody, ...where, notice: { ...notice, reaches }, facts });
    case "administrators":
      return tellAdministrators(tx, { exceptId: subjectId, about, notice: { ...notice, reaches }, facts });
    case "former address":
      return tellFormer(tx, { userId: subjectId ?? nobody, to: former ?? null, notice, facts });
    case "other owners":
      if (bound) await tellOtherOwners(tx, { ...bound, notice });
  }
}
