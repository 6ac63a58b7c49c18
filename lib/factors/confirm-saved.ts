import { inShortTransaction, type RawCtx } from "@/lib/context/context";
import { hasCodesFrom, noteSaved } from "@/lib/factors/recovery/store";
import { takeGuardRow } from "@/lib/users/store";

type Confirming = {
  readonly userId: string;
  /** What the page showed that they say they have saved; null: a page from before showings had names. */
  readonly showing: string | null;
  /** When it was made. */
  readonly at: Date;
};

/**
 * Somebody says that they have saved what was shown to them: of these codes of theirs it is noted, of no newer ones. False: what they saved opens nothing
 * any more, because other codes took its place meanwhile, or nothing did.
 */
export function confirmSaved(ctx: RawCtx, { userId, showing, at }: Confirming): Promise<boolean> {
  return inShortTransaction(ctx, async (tx) => {
    await takeGuardRow(tx, userId); // a code that is used at this moment notes the same rows
    if (showing !== null && (await noteSaved(tx, userId, showing)) > 0) return true;
    return hasCodesFrom(tx, userId, at);
  });
}
