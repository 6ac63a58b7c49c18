import { type Ctx, inTransaction } from "@/lib/context/context";
import { type PreparedSet, prepareSet, storeSet } from "@/lib/factors/recovery/new-set";
import { countActive } from "@/lib/factors/store";
import type { Showing } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import type { Actor } from "@/lib/sessions/acting-session";
import { consumingTry } from "@/lib/throttle/consume-try";
import { takeGuardRow } from "@/lib/users/store";

/**
 * A new set of ten recovery codes; every earlier one is void from that moment. Out: the codes, to be shown once.
 * Several at once queue on the guard row: the last one's set is the one that works. Throws `factors.gone` when nothing is bound.
 */
export function regenerateCodes(ctx: Ctx, { actor }: { readonly actor: Actor }): Promise<Showing> {
  return consumingTry(ctx, { rule: "enrolment.begin", of: actor.userId }, async () => {
    const set = await prepareSet(ctx);
    await store(ctx, actor.userId, set);
    return set.shown;
  });
}

function store(ctx: Ctx, userId: string, set: PreparedSet): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await takeGuardRow(tx, userId);
    if ((await countActive(tx, userId)) === 0) throw new DomainError("factors.gone");
    await storeSet(tx, userId, set);
    const count = set.rows.length;
    const event = { name: "recovery.generated", subjectId: userId, meta: { count } } as const;
    await recordAndTell(tx, { event, facts: { count } });
  });
}
