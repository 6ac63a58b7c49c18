import { recordEvent } from "@/lib/audit/record-event";
import { noteVouched } from "@/lib/backup/store";
import { inShortTransaction, type RawCtx } from "@/lib/context/context";

/**
 * The operator's word that nothing newer than what was restored will be brought back. From then on browsers hear again which passkeys are gone, and whatever keeps them drops those that
 * were bound between a backup and its restore. `by`: who says so. Out: of how many restores it was not said yet; of none nothing is recorded.
 */
export function vouchForRestores(ctx: RawCtx, { by }: { readonly by: "cli" }): Promise<number> {
  return inShortTransaction(ctx, async (tx) => {
    const restores = await noteVouched(tx);
    if (restores > 0) await recordEvent(tx, { name: "passkeys.vouched", subjectId: null, meta: { by, restores } });
    return restores;
  });
}
