import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { canLeave } from "@/lib/letters/queue-letters";
import { findMailSwitch } from "@/lib/notices/store";

/**
 * Notes at a start whether letters leave by mail, where that is not what was noted last. By it alone can somebody tell later, also in a house of few letters, whether a change without a letter
 * should have had one.
 */
export async function noteMail(ctx: Ctx): Promise<void> {
  const on = canLeave("mail");
  if ((await findMailSwitch(ctx)) === on) return;
  await inShortTransaction(ctx, (tx) => recordEvent(tx, { name: "mail.switched", subjectId: null, meta: { on } }));
}
