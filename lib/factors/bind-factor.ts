import { recordEvent, recordRefused } from "@/lib/audit/record-event";
import type { Ctx } from "@/lib/context/context";
import type { Binder } from "@/lib/factors/begin-enrolment";
import type { Factor } from "@/lib/factors/factor";
import { findWaiting } from "@/lib/factors/find-waiting";
import { takeUpHandedOut } from "@/lib/factors/recovery/hand-out";
import { type PreparedSet, prepareSet, storeSet } from "@/lib/factors/recovery/new-set";
import { countUnused, deleteCodesOf, findActiveSet, hasHandedOut } from "@/lib/factors/recovery/store";
import { strategies } from "@/lib/factors/registry";
import {
  activate,
  consumeConfirmationTry,
  countActive,
  deleteActive,
  findActive,
  refundConfirmationTry,
} from "@/lib/factors/store";
import type { Answer, Burn } from "@/lib/factors/strategy";
import { ensure } from "@/lib/kernel/assert";
import { DomainError } from "@/lib/kernel/errors";
import { unlessOurFault } from "@/lib/kernel/our-fault";
import { rememberFactor } from "@/lib/notices/former-address";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { findListener } from "@/lib/notices/tell-user";
import { clientTraits } from "@/lib/policy/clients";
import { policy } from "@/lib/policy/policy";
import { bucketOf } from "@/lib/policy/throttle-rules";
import type { BoundKind } from "@/lib/policy/traits";
import { consumeTry } from "@/lib/throttle/consume-try";
import { deleteBucketIfAllBoundAnew } from "@/lib/throttle/store";
import { type ConsumedInWindow, refundInSameWindow } from "@/lib/throttle/windows/store";
import { raiseCredentialVersion } from "@/lib/users/store";

/** A pending factor whose first code was right: what is left to do is one transaction. */
export type Proven = {
  readonly binder: Binder;
  readonly kind: BoundKind;
  readonly pending: Factor;
  /** The try of the account's hour of confirmations. */
  readonly hour: ConsumedInWindow;
  readonly burn: Burn;
  /** Whether a recovery code was handed out with it: then it is shown none here. */
  readonly isHandedOut: boolean;
  /** The first recovery codes of the account; null when it has some already. */
  readonly set: PreparedSet | null;
};

type Proving = {
  readonly binder: Binder;
  readonly kind: BoundKind;
  readonly answer: Answer;
  /** The very one that the answer was read off; none: the one that waits. */
  readonly pendingId?: string | null | undefined;
};

/**
 * Judges the first code of a pending factor. Its tries were consumed before: of the pending one (five) and of the account's hour. Writes nothing else.
 * Throws `factors.enrolment_gone`, `factors.replaced_elsewhere`, the kind's own sentences, `throttle.too_many`.
 */
export async function provePending(ctx: Ctx, { binder, kind, answer, pendingId = null }: Proving): Promise<Proven> {
  const { enrolment } = strategies[kind];
  ensure(enrolment, `the kind ${kind} can be bound`);
  const pending = await findWaiting(ctx, binder, { kind, pendingId });
  const attempt = enrolment.readConfirmation(answer);
  const hour = await consumeTry(ctx, "enrolment.confirm", binder.userId);
  const triesLeft = await unlessOurFault(
    () => refundInSameWindow(ctx, hour),
    () => consumeConfirmationTry(ctx, pending.id, binder.userId),
  );
  if (triesLeft === null) throw new DomainError("factors.enrolment_gone");
  const refund = () => refundProof(ctx, { binder, pending, hour });
  const judge = () => unlessOurFault(refund, () => attempt(ctx, [pending], { purpose: "BIND" }));
  const burn = await judged(ctx, { binder, pending, triesLeft }, judge);
  const codes = await unlessOurFault(refund, () => prepareCodes(ctx, binder, pending));
  return { binder, kind, pending, hour, burn, ...codes };
}

async function prepareCodes(ctx: Ctx, binder: Binder, pending: Factor): Promise<Pick<Proven, "isHandedOut" | "set">> {
  const isHandedOut = await hasHandedOut(ctx, pending);
  const { showsCodes } = clientTraits(binder.clientId);
  const needsSet = !isHandedOut && showsCodes && (await countUnused(ctx, binder.userId)) === 0;
  return { isHandedOut, set: needsSet ? await prepareSet(ctx) : null };
}

type Consumed = Pick<Proven, "binder" | "pending" | "hour">;

/** Refunds what `provePending` has consumed: a right code that bound nothing, and that was our fault. */
export async function refundProof(ctx: Ctx, { binder, pending, hour }: Consumed): Promise<void> {
  await refundInSameWindow(ctx, hour);
  await refundConfirmationTry(ctx, pending.id, binder.userId);
}

type Tried = { readonly binder: Binder; readonly pending: Factor; readonly triesLeft: number };

async function judged(ctx: Ctx, { binder, pending, triesLeft }: Tried, judge: () => Promise<Burn>): Promise<Burn> {
  try {
    return await judge();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const meta = { kind: pending.kind, factor: pending.id, reason: error.id };
    await recordRefused(ctx, { name: "factor.confirm_refused", ...aboutBinder(binder), meta });
    if (triesLeft !== 1) throw error;
    throw new DomainError(error.id, { ...error.more, besides: "factors.one_left" });
  }
}

type Binding<T> = {
  readonly proven: Proven;
  readonly label: string;
  /** The security stamp under which it was asked for. */
  readonly from: number;
  /** The one that it would take the place of stays. */
  readonly keepsReplaced?: boolean;
  /** What else belongs to it, under the new stamp: what becomes of sessions, or of the login's challenge. */
  readonly along: (done: BoundAs) => Promise<T>;
};

/** `step`: of the code that bound it. `isFurther`: another one was bound before, and is still; so nothing ends that was proven with that. */
export type BoundAs = { readonly version: number; readonly step: number | null; readonly isFurther: boolean };

/**
 * PENDING → ACTIVE with everything that belongs to it, in the caller's transaction: the code is spent, a replaced factor goes, the first
 * recovery codes are stored or the one that was handed out with the factor becomes good, the security stamp rises.
 * Throws `account.changed_meanwhile`, `factors.enrolment_gone`, `factors.too_many`.
 */
export async function bindFactor<T>(
  tx: Ctx,
  { proven, label, from, keepsReplaced = false, along }: Binding<T>,
): Promise<T> {
  const { binder, kind, pending, burn, isHandedOut, set } = proven;
  const { userId } = binder;
  const version = await raiseCredentialVersion(tx, userId, from);
  if (version === null) throw new DomainError("account.changed_meanwhile");
  const burnt = (await activate(tx, pending, label)) ? await burn(tx) : null;
  if (!burnt) throw new DomainError("factors.enrolment_gone");
  const reader = await findListener(tx, userId); // while a replaced one hears it too
  const codes = await codesWith(tx, proven);
  const replacesId = keepsReplaced ? null : pending.replacesId;
  const former = replacesId === null ? null : await findActive(tx, userId, replacesId);
  const replaced = former !== null && (await deleteActive(tx, userId, former.id));
  if (replaced) await deleteCodesOf(tx, former);
  if (replaced) await rememberFactor(tx, former);
  const count = await countActive(tx, userId);
  if (count > policy.labels.factorsPerPerson)
    throw new DomainError("factors.too_many", { params: { count: count - 1 } });
  if ((await takeUpHandedOut(tx, { userId, factorId: pending.id })) !== isHandedOut)
    throw new DomainError("account.changed_meanwhile"); // a code was handed out between the judging and now
  if (set) await storeFirstSet(tx, userId, set);
  const done = await along({ version, step: burnt.step ?? null, isFurther: count > 1 && !replaced });
  const bucket = bucketOf(kind); // counters after sessions, as everywhere: two at once may wait, never for each other
  if (bucket) await deleteBucketIfAllBoundAnew(tx, { rule: bucket, userId, kind });
  await recordAndTell(tx, {
    event: { name: "factor.bound", ...aboutBinder(binder), meta: { kind, factor: pending.id, replaced } },
    facts: { factor: kind, label, ...codes, ...(replaced && { replaces: former.label }) },
    reader,
    bound: pending,
  });
  return done;
}

/** The letter about the factor tells of them. */
async function storeFirstSet(tx: Ctx, userId: string, set: PreparedSet): Promise<void> {
  await storeSet(tx, userId, set);
  const count = set.rows.length;
  await recordEvent(tx, { name: "recovery.generated", subjectId: userId, meta: { count } });
}

/** How many recovery codes come with a factor as the account's first; nothing where it has some already. */
async function codesWith(tx: Ctx, { binder, isHandedOut, set }: Proven): Promise<{ readonly codes?: number }> {
  if (set) return { codes: set.rows.length };
  return isHandedOut && (await findActiveSet(tx, binder.userId)) === null ? { codes: 1 } : {};
}

const aboutBinder = ({ userId, sessionId }: Binder) => ({
  subjectId: userId,
  ...(sessionId === null ? {} : { sessionId }),
});
