import type { RawCtx } from "@/lib/context/context";
import { type HeldRow, listHeld } from "@/lib/factors/store";
import { isFactorKind } from "@/lib/policy/kinds";
import { bucketOf } from "@/lib/policy/throttle-rules";
import { type Closed, closedFor } from "@/lib/throttle/closed-for";

/** One kind of an account: how many are active, how many could answer, when one of them was used last, and for whom its wrong answers are used up. */
export type HeldKind = Omit<HeldRow, "fails" | "orphans"> & { readonly closed: Closed };

/** Who asks: `deviceId` is the known device that they are on, null for everybody else. */
export type Asker = { readonly userId: string; readonly deviceId: string | null };

/**
 * The kinds that an account holds, and the password, which may stand in where it holds none. A closed one is held all the same: it is never a
 * reason to let somebody pass or bind another one; what is said and offered first depends on it, nothing else.
 */
export async function findHeldKinds(ctx: RawCtx, { userId, deviceId }: Asker): Promise<readonly HeldKind[]> {
  return heldKindsOf(await listHeld(ctx, userId), deviceId);
}

/** The same of rows that were read before, for the known device that asks, or null. Pure. */
export const heldKindsOf = (rows: readonly HeldRow[], deviceId: string | null): readonly HeldKind[] =>
  rows.map(({ fails, orphans, ...held }) => ({ ...held, closed: closedTo(deviceId, held.kind, { fails, orphans }) }));

/** What the wrong answers that a kind was given mean for one browser: for the known device that it is, or null. Pure. */
export function closedTo(
  deviceId: string | null,
  kind: string,
  tries: { readonly fails: number; readonly orphans: number },
): Closed {
  const bucket = isFactorKind(kind) ? bucketOf(kind) : null;
  return bucket === null ? "nowhere" : closedFor(bucket, tries, deviceId !== null);
}
