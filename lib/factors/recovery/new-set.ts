import type { Ctx } from "@/lib/context/context";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { deriveWithSalt } from "@/lib/crypto/password-hash";
import { newCode, portalFormat, written } from "@/lib/factors/recovery/codes";
import { recoveryNumbers } from "@/lib/factors/recovery/numbers";
import { deleteCodes, insertCodes, type NewCode } from "@/lib/factors/recovery/store";
import type { Showing } from "@/lib/factors/strategy";

/** A set of codes that is hashed but not yet stored. `shown` is for the person, once. */
export type PreparedSet = { readonly shown: Showing; readonly rows: readonly NewCode[] };

/** Makes ten codes and hashes them: slow, so before any transaction. They are unsaved until their owner says otherwise. Throws `hash.busy` when the house is full. */
export async function prepareSet(ctx: Ctx): Promise<PreparedSet> {
  const codes = Array.from({ length: recoveryNumbers.codes }, () => newCode(ctx.random));
  const setId = ctx.random.id();
  const salt = ctx.random.bytes(16).toString("base64url");
  const place = await takePlace(ctx.now);
  try {
    const rows: NewCode[] = [];
    for (const [position, code] of codes.entries()) {
      const phc = await deriveWithSalt(code, salt);
      rows.push({ setId, salt, phc, format: portalFormat, position, unsavedIn: setId });
    }
    return { shown: { id: setId, codes: codes.map(written) }, rows };
  } finally {
    place.leave();
  }
}

/** Puts a prepared set in the place of whatever the person had, inside a transaction that holds their guard row. Recording it, and telling its owner, is the caller's. */
export async function storeSet(tx: Ctx, userId: string, set: PreparedSet): Promise<void> {
  await deleteCodes(tx, userId);
  await insertCodes(tx, userId, set.rows);
}
