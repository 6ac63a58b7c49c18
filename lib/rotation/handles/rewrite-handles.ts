import { recordEvent } from "@/lib/audit/record-event";
import type { RawCtx } from "@/lib/context/context";
import { handleOf, openSecret } from "@/lib/crypto/factor-secret";
import { listHandles, replaceHandle } from "@/lib/factors/store";
import { findStepEnd, finishStep } from "@/lib/rotation/addresses/store";
import { batch, inBatches } from "@/lib/rotation/in-batches";

const step = "handles have an index key";

/**
 * Brings the handles of factors under the index key. It is the key that they were made with, but in a house whose keys were being exchanged
 * when it took the update: there some hang on an older key of the ring still, and nobody would find them any more. Once; `keyIsFresh`: the
 * index key was made by this very start, so that whatever was done before counts for nothing. A step that was cut off goes on, and one that
 * met a factor that does not open (its key is missing) comes again with the next start.
 */
export async function rewriteHandles(ctx: RawCtx, { keyIsFresh }: { readonly keyIsFresh: boolean }): Promise<void> {
  if (!keyIsFresh && (await findStepEnd(ctx, step)) !== null) return;
  const walk = { factors: 0, unopened: 0 };
  await inBatches(
    (after) => listHandles(ctx, after, batch),
    async (factor) => {
      const address = openSecret(factor);
      if (address === null) walk.unopened += 1;
      const to = address === null ? factor.handle : handleOf(factor.kind, address);
      if (to !== factor.handle && (await replaceHandle(ctx, { id: factor.id, from: factor.handle, to })))
        walk.factors += 1;
    },
  );
  const { factors, unopened } = walk;
  if (factors > 0) await recordEvent(ctx, { name: "handles.rewritten", subjectId: null, meta: { factors } });
  if (unopened === 0) await finishStep(ctx, step);
}
