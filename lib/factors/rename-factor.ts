import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { goneFactor } from "@/lib/factors/gone";
import { readLabel } from "@/lib/factors/label";
import { findActive, renameActive } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import type { Actor } from "@/lib/sessions/acting-session";

/** Gives a factor another name. Throws `factors.gone` (also for somebody else's id) and `factors.label_malformed`. */
export async function renameFactor(
  ctx: Ctx,
  { actor, factorId, label }: { readonly actor: Actor; readonly factorId: string; readonly label: string },
): Promise<void> {
  const name = readLabel(label, "");
  if (name === "") throw new DomainError("factors.label_malformed", { field: "label" });
  const factor = await findActive(ctx, actor.userId, factorId);
  if (!factor) throw await goneFactor(ctx, actor);
  await inTransaction(ctx, async (tx) => {
    if (!(await renameActive(tx, actor.userId, factorId, name))) throw new DomainError("factors.gone");
    const meta = { kind: factor.kind, factor: factorId };
    await recordEvent(tx, {
      name: "factor.renamed",
      subjectId: actor.userId,
      sessionId: actor.sessionId,
      meta,
    });
  });
}
