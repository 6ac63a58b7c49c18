import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { type Actor, type Kept, keepOnlyActing } from "@/lib/factors/actor";
import type { BoundKind, Factor } from "@/lib/factors/factor";
import { readLabel } from "@/lib/factors/label";
import { type PreparedSet, prepareSet, storeSet } from "@/lib/factors/recovery/new-set";
import { countUnused } from "@/lib/factors/recovery/store";
import { strategies } from "@/lib/factors/registry";
import { activate, countActive, deleteActive, findPending, payConfirmation } from "@/lib/factors/store";
import type { Answer, Burn } from "@/lib/factors/strategy";
import { ensure } from "@/lib/kernel/assert";
import { DomainError } from "@/lib/kernel/errors";
import { policy } from "@/lib/policy/policy";
import { noteProof } from "@/lib/sessions/store";
import { spendTry } from "@/lib/throttle/spend-try";
import { deleteBucketIfAllBoundAnew } from "@/lib/throttle/store";
import { raiseCredentialVersion } from "@/lib/users/store";

type Confirmation = {
  readonly actor: Actor;
  readonly kind: BoundKind;
  readonly answer: Answer;
  readonly label: string;
  readonly defaultLabel: string;
};

/** `codes`: the first recovery codes of the account, to be shown once; null when it has some already. */
export type Bound = Kept & { readonly factorId: string; readonly codes: readonly string[] | null };

/**
 * PENDING → ACTIVE once a first code proves possession; that code is spent. One transaction with the event, the first recovery
 * codes and, when replacing, the end of the old factor: protection is never off in between. Every other session ends.
 * Throws `factors.enrolment_gone`, the kind's own sentences, `account.changed_meanwhile`, `throttle.too_many`.
 */
export async function confirmEnrolment(ctx: Ctx, confirmation: Confirmation): Promise<Bound> {
  const { actor, kind } = confirmation;
  const label = readLabel(confirmation.label, confirmation.defaultLabel);
  const { enrolment } = strategies[kind];
  ensure(enrolment, `the kind ${kind} can be bound`);
  const pending = await findPending(ctx, actor, kind);
  if (!pending) throw new DomainError("factors.enrolment_gone");
  const attempt = enrolment.readConfirmation(confirmation.answer);
  await spendTry(ctx, "enrolment.confirm", actor.userId);
  if (!(await payConfirmation(ctx, pending.id, actor.userId))) throw new DomainError("factors.enrolment_gone");
  const burn = await judged(ctx, actor, pending, () => attempt(ctx, [pending]));
  const set = (await countUnused(ctx, actor.userId)) === 0 ? await prepareSet(ctx) : null;
  return inTransaction(ctx, (tx) => bind(tx, { actor, kind, pending, label, burn, set }));
}

async function judged(ctx: Ctx, actor: Actor, pending: Factor, judge: () => Promise<Burn>): Promise<Burn> {
  try {
    return await judge();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const meta = { kind: pending.kind, factor: pending.id, reason: error.id };
    await recordEvent(ctx, {
      name: "factor.confirm_refused",
      result: "refused",
      subjectId: actor.userId,
      sessionId: actor.sessionId,
      meta,
    });
    throw error;
  }
}

type Binding = {
  readonly actor: Actor;
  readonly kind: BoundKind;
  readonly pending: Factor;
  readonly label: string;
  readonly burn: Burn;
  readonly set: PreparedSet | null;
};

async function bind(tx: Ctx, { actor, kind, pending, label, burn, set }: Binding): Promise<Bound> {
  const version = await raiseCredentialVersion(tx, actor.userId, actor.credentialVersion);
  if (version === null) throw new DomainError("account.changed_meanwhile");
  if (!(await activate(tx, pending, label)) || !(await burn(tx))) throw new DomainError("factors.enrolment_gone");
  const replaced = pending.replacesId !== null && (await deleteActive(tx, actor.userId, pending.replacesId));
  const count = await countActive(tx, actor.userId);
  if (count > policy.labels.factorsPerPerson)
    throw new DomainError("factors.too_many", { params: { count: count - 1 } });
  if (set) await storeSet(tx, actor.userId, set);
  await noteProof(tx, actor.sessionId, actor.userId, kind);
  const kept = await keepOnlyActing(tx, actor, version, "factor_bound");
  const { bucket } = strategies[kind];
  if (bucket) await deleteBucketIfAllBoundAnew(tx, { rule: bucket, userId: actor.userId, kind });
  const meta = { kind, factor: pending.id, replaced };
  await recordEvent(tx, {
    name: "factor.bound",
    result: "ok",
    subjectId: actor.userId,
    sessionId: actor.sessionId,
    meta,
  });
  return { factorId: pending.id, codes: set?.shown ?? null, ...kept };
}
