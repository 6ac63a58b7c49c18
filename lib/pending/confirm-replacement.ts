import type { Ctx } from "@/lib/context/context";
import { binderOf } from "@/lib/factors/binder-of";
import { type Bound, confirmEnrolment } from "@/lib/factors/confirm-enrolment";
import { findWaiting } from "@/lib/factors/find-waiting";
import { askForChange, hoursOf, mayBeAtOnce } from "@/lib/pending/ask-for-change";
import { removeFactorKind } from "@/lib/pending/kinds/remove-factor";
import { takesLastStrongOf } from "@/lib/pending/standing/last-strong";
import type { Actor } from "@/lib/sessions/acting-session";

type Confirmation = Omit<Parameters<typeof confirmEnrolment>[1], "aboutStaying">;

/** `staysFor`: so many hours, once a letter about it has left, the factor works beside the new one that was to go; null: it is gone (`hasReplaced`), or none was to. */
export type BoundInPlace = Bound & { readonly staysFor: number | null; readonly hasReplaced: boolean };

/**
 * The first code of a new factor was typed in a session: it is bound. One that takes the place of another makes that go in the same moment; but where that is the last strong
 * factor that counts, its going is the same dangerous change as its removal. Then it waits, beside the new one, unless it would be done at once: whoever has the password and
 * one phished code would put their own in the place of the owner's. Throws what `confirmEnrolment` and `askForChange` throw.
 */
export async function confirmReplacement(ctx: Ctx, confirmation: Confirmation): Promise<BoundInPlace> {
  const { actor, kind } = confirmation;
  const { id: pendingId, replacesId } = await findWaiting(ctx, binderOf(actor), {
    kind,
    pendingId: confirmation.pendingId ?? null,
  });
  const judged = { ...confirmation, pendingId }; // of this one alone: another may be begun meanwhile that replaces more
  if (replacesId === null || !(await staysAWhile(ctx, actor, replacesId)))
    return { ...(await confirmEnrolment(ctx, judged)), staysFor: null, hasReplaced: replacesId !== null };
  const aboutStaying = async (tx: Ctx, moved: Actor) => {
    await askForChange(tx, moved, "factor.remove", { factorIds: [replacesId] });
  };
  const bound = await confirmEnrolment(ctx, { ...judged, aboutStaying });
  return { ...bound, staysFor: hoursOf(removeFactorKind), hasReplaced: false };
}

/** Would a factor go on working for a while, if the acting person put another in its place now? For the words on a page; it is asked again when that is done. */
export async function staysAWhile(
  ctx: Ctx,
  actor: Pick<Actor, "userId" | "sessionId">,
  factorId: string,
): Promise<boolean> {
  if (!(await takesLastStrongOf(ctx, actor.userId, { ids: [factorId], areReplaced: true }))) return false;
  return !(await mayBeAtOnce(ctx, actor, removeFactorKind));
}
