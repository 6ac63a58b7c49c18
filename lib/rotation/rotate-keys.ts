import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { findKeyMistake, hasStartedWith } from "@/lib/crypto/canary";
import { type Keyring, keyring } from "@/lib/crypto/keyring";
import { seal, sealedUnder, unseal } from "@/lib/crypto/seal";
import { deleteKeyChecks } from "@/lib/crypto/store";
import { type Front, listOtherFronts } from "@/lib/portals/store";
import { countKeys, countOthers, type KeyCount } from "@/lib/rotation/count-keys";
import { nameOf, type SealedColumn, type SealedRow, sealedColumns } from "@/lib/rotation/sealed-columns";
import { isNeeded, listSealed, replaceSealed } from "@/lib/rotation/store";

/** A value that no key opens: damaged, or moved from another row. */
export type Damaged = { readonly column: string; readonly id: string; readonly userId: string | null };

export type Rotation = {
  /** Values sealed anew by this run. */
  readonly rotated: number;
  readonly damaged: readonly Damaged[];
  /** What every key holds now. */
  readonly counts: readonly KeyCount[];
  /** Values that are still sealed under another key, damaged ones included. */
  readonly left: number;
  /** Other keys that living portals still have in front: they seal with them, and those keys' checks stay. */
  readonly inFront: readonly Front[];
  /** Keys of the ring that nothing depends on any more: they can leave PORTAL_KEYS. */
  readonly retired: readonly string[];
};

export type Rotated =
  | { readonly kind: "rotated"; readonly rotation: Rotation }
  | { readonly kind: "refused"; readonly why: string };

const batch = 500;
const atOnce = 8;
const passes = 5;

/** `onProgress` hears how much of what was sealed under other keys at the beginning is done, from 0 to 1. */
type Rotating = {
  readonly by: string;
  readonly ring?: Keyring;
  readonly onProgress?: (share: number) => void;
};

/**
 * Seals everything anew under the keyring's first key (ASVS 5.0, 11.2.2), while the portal runs and people log in. Each value is exchanged by
 * one conditional write of its own, so nothing that is written meanwhile is lost and no row stays locked; a run that was interrupted is simply
 * repeated. Values that do not open are reported and left as they are. A key that a living portal still has in front is not forgotten.
 * Refused: a keyring that cannot open what is stored, or a first key that no portal has started with (it could not read the result).
 */
export async function rotateKeys(
  ctx: Ctx,
  { by, ring = keyring(), onProgress = () => undefined }: Rotating,
): Promise<Rotated> {
  const mistake = await findKeyMistake(ctx.db, ring);
  if (mistake !== null) return { kind: "refused", why: mistake };
  const { primary } = ring;
  if (!(await hasStartedWith(ctx.db, primary))) {
    return {
      kind: "refused",
      why: `No portal has started with the key "${primary}" in front yet, so none could open the result. Restart the portal, then run this again.`,
    };
  }
  const others = countOthers(await countKeys(ctx), primary);
  if (others > 0) await recordEvent(ctx, { name: "keys.rotation_begun", subjectId: null, meta: { by, key: primary } });
  const { rotated, damaged } = await walkUntilStill(ctx, ring, (done) =>
    onProgress(Math.min(0.99, done / Math.max(1, others))),
  );
  return inTransaction(ctx, async (tx) => {
    const forgotten = await deleteKeyChecks(tx.db, primary, isNeeded(sealedColumns));
    if (rotated + forgotten > 0) {
      const meta = { by, rows: rotated, key: primary };
      await recordEvent(tx, { name: "keys.rotated", subjectId: null, meta });
    }
    const counts = await countKeys(tx);
    const inFront = await listOtherFronts(tx, primary);
    const isFree = (id: string) => counts.every(({ key }) => key !== id) && inFront.every(({ key }) => key !== id);
    const retired = ring.ids.filter((id) => id !== primary && isFree(id));
    const left = countOthers(counts, primary);
    return { kind: "rotated", rotation: { rotated, damaged, counts, inFront, retired, left } };
  });
}

type Walk = { rotated: number; missed: number; readonly damaged: Damaged[]; readonly hear: (rotated: number) => void };

/** A portal that still starts with the old key may write behind the walk: it is repeated while it finds something to do. */
async function walkUntilStill(
  ctx: Ctx,
  ring: Keyring,
  hear: (rotated: number) => void,
): Promise<{ readonly rotated: number; readonly damaged: readonly Damaged[] }> {
  let rotated = 0;
  for (let pass = 1; ; pass += 1) {
    const before = rotated;
    const walk: Walk = { rotated: 0, missed: 0, damaged: [], hear: (more) => hear(before + more) };
    for (const column of sealedColumns) await walkColumn(ctx, column, ring, walk);
    rotated += walk.rotated;
    if (walk.rotated + walk.missed === 0 || pass === passes) return { rotated, damaged: walk.damaged };
  }
}

async function walkColumn(ctx: Ctx, column: SealedColumn, ring: Keyring, walk: Walk): Promise<void> {
  let after = "";
  for (;;) {
    const rows = await listSealed(ctx, column, after, batch);
    for (let start = 0; start < rows.length; start += atOnce) {
      await Promise.all(rows.slice(start, start + atOnce).map((row) => rotateRow(ctx, { column, row, ring, walk })));
      walk.hear(walk.rotated);
    }
    const last = rows.at(-1);
    if (!last || rows.length < batch) return;
    after = last.id;
  }
}

type Step = { readonly column: SealedColumn; readonly row: SealedRow; readonly ring: Keyring; readonly walk: Walk };

/** Values under the first key are opened too: a damaged one should be known, whoever sealed it. */
async function rotateRow(ctx: Ctx, { column, row, ring, walk }: Step): Promise<void> {
  const { id, userId, sealed } = row;
  const sealedFor = column.sealedFor({ id, userId });
  const text = sealedFor === null ? null : unseal(sealed, sealedFor, ring);
  if (sealedFor === null || text === null) walk.damaged.push({ column: nameOf(column), id, userId });
  else if (sealedUnder(sealed) === ring.primary) return;
  else if (await replaceSealed(ctx, column, { id, from: sealed, to: seal(text, sealedFor, ring) })) walk.rotated += 1;
  else walk.missed += 1;
}
