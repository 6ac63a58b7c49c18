import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { deriveWithSalt } from "@/lib/crypto/password-hash";
import { handedOutFormat, newHandedOutCode, written } from "@/lib/factors/recovery/codes";
import { recoveryNumbers } from "@/lib/factors/recovery/numbers";
import {
  type ActiveSet,
  activateHandedOut,
  countUnused,
  deleteHandedOut,
  deleteOthersOfFormat,
  findActiveSet,
  insertHandedOut,
  type NewCode,
} from "@/lib/factors/recovery/store";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { takeGuardRow } from "@/lib/users/store";

/** A pending factor and whose it is. */
type Handing = { readonly userId: string; readonly factorId: string };

/**
 * Makes the one recovery code that an app shows together with the secret of a factor which is still pending, and stores it so that it
 * opens nothing before that factor is confirmed. Out: 112 random bits as seven groups of four small hexadecimal digits, to be shown once;
 * asked again for the same factor, another one in its place. Slow (one derivation under the hashing gate), so outside any transaction.
 * Throws `factors.enrolment_gone` when the factor waits no more, `account.changed_meanwhile` when the person's set changed during the work,
 * `hash.busy`.
 */
export async function handOutCode(ctx: Ctx, { userId, factorId }: Handing): Promise<string> {
  const set = await findActiveSet(ctx, userId);
  const code = newHandedOutCode(ctx.random);
  const row = await hashed(ctx, code, set);
  await inTransaction(ctx, async (tx) => {
    await takeGuardRow(tx, userId);
    if ((await findActiveSet(tx, userId))?.setId !== set?.setId) throw new DomainError("account.changed_meanwhile");
    if (!(await insertHandedOut(tx, { id: factorId, userId }, row))) throw new DomainError("factors.enrolment_gone");
  });
  return written(code);
}

/** Under the salt of the set that it may join: a try costs one derivation for the whole set. Its place is behind the portal's own. */
async function hashed(ctx: Ctx, code: string, set: ActiveSet | null): Promise<NewCode> {
  const { setId, salt } = set ?? { setId: ctx.random.id(), salt: ctx.random.bytes(16).toString("base64url") };
  const place = await takePlace(ctx.now);
  try {
    const phc = await deriveWithSalt(code, salt);
    return { setId, salt, phc, format: handedOutFormat, position: recoveryNumbers.codes };
  } finally {
    place.leave();
  }
}

/**
 * Makes the code good that was handed out with a factor, inside the transaction that has just confirmed it and holds the guard row. It
 * joins the active set, where it takes the place of an earlier one of its format, or it is the set; then whatever else was handed out
 * meanwhile, under salts of its own, goes. False: none waits for this factor.
 */
export async function takeUpHandedOut(tx: Ctx, { userId, factorId }: Handing): Promise<boolean> {
  const set = await findActiveSet(tx, userId);
  const id = await activateHandedOut(tx, { id: factorId, userId });
  if (id === null) return false;
  if (set === null) await beTheSet(tx, userId);
  else await join(tx, userId, id);
  return true;
}

async function beTheSet(tx: Ctx, userId: string): Promise<void> {
  await deleteHandedOut(tx, userId);
  const count = 1;
  await recordEvent(tx, { name: "recovery.generated", subjectId: userId, meta: { count } }); // told with the factor
}

async function join(tx: Ctx, userId: string, id: string): Promise<void> {
  await deleteOthersOfFormat(tx, userId, { id, format: handedOutFormat });
  const left = await countUnused(tx, userId);
  await recordAndTell(tx, { event: { name: "recovery.added", subjectId: userId, meta: { left } }, facts: { left } });
}
