import { type Ctx, inTransaction } from "@/lib/context/context";
import { prepareSet, storeSet } from "@/lib/factors/recovery/new-set";
import { countActive } from "@/lib/factors/store";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import type { Actor } from "@/lib/sessions/acting-session";
import { consumeTry } from "@/lib/throttle/consume-try";
import { takeGuardRow } from "@/lib/users/store";

/**
 * A new set of ten recovery codes; every earlier one is void from that moment. Out: the codes, to be shown once.
 * Several at once queue on the guard row: the last one's set is the one that works. Throws `factors.gone` when nothing is bound.
 */
export async function regenerateCodes(ctx: Ctx, { actor }: { readonly actor: Actor }): Promise<readonly string[]> {
  await consumeTry(ctx, "enrolment.begin", actor.userId);
  const set = await prepareSet(ctx);
  await inTransaction(ctx, async (tx) => {
    await takeGuardRow(tx, actor.userId);
    if ((await countActive(tx, actor.userId)) === 0) throw new DomainError("factors.gone");
    await storeSet(tx, actor.userId, set);
    const count = set.rows.length;
    const event = { name: "recovery.generated", subjectId: actor.userId, meta: { count } } as const;
    await recordAndTell(tx, { event, facts: { count } });
  });
  return set.shown;
}
