import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { goneFactor } from "@/lib/factors/gone";
import { kindsOnOffer } from "@/lib/factors/on-offer";
import { strategies } from "@/lib/factors/registry";
import { consumingSend, sendCode } from "@/lib/factors/send-code";
import {
  deletePending,
  findActive,
  findPending,
  holdsHandle,
  insertPending,
  listActiveOfKind,
} from "@/lib/factors/store";
import type { Answer, Begun } from "@/lib/factors/strategy";
import { ensure } from "@/lib/kernel/assert";
import { DomainError } from "@/lib/kernel/errors";
import type { BoundKind } from "@/lib/policy/traits";
import { consumingTry } from "@/lib/throttle/consume-try";
import { findAccount, takeGuardRow } from "@/lib/users/store";

/** Who binds a factor, and in what: a session, or a login between its two doors. */
export type Binder = {
  readonly userId: string;
  readonly email: string;
  /** The session's id or the challenge's. */
  readonly begunIn: string;
  readonly sessionId: string | null;
  /** Through which client. */
  readonly clientId: string;
};

type Beginning = {
  readonly binder: Binder;
  readonly kind: BoundKind;
  readonly replacesId: string | null;
  /** What the person typed to begin, by the kind's own field: an address, for instance. */
  readonly given: Answer;
};

/**
 * The first half of binding an authenticator (NIST SP 800-63B-4, 4.1): makes a PENDING factor that lives ten minutes, for its owner to confirm; what protects the account now stays untouched, and an earlier pending one is dropped.
 * A kind whose code is sent is proven by a code to that very address, which leaves with the same transaction.
 * `replacesId`: the active factor of the same kind that goes at the moment the new one is confirmed.
 * Throws `factors.too_many`, `factors.gone`, `factors.not_offered`, the kind's own sentences, `throttle.too_many`, `post.*`.
 */
export async function beginEnrolment(ctx: Ctx, beginning: Beginning): Promise<{ readonly factorId: string }> {
  const { binder, kind, given } = beginning;
  const { enrolment } = strategies[kind];
  ensure(enrolment, `the kind ${kind} can be bound`);
  const { beginsWith } = enrolment;
  if (beginsWith === null && Object.keys(given).length > 0) throw new DomainError("factors.malformed");
  const label = await checkRoom(ctx, beginning, enrolment.perPerson);
  const begun = enrolment.begin(ctx, binder, given);
  if (begun.handle !== undefined && (await holdsHandle(ctx, binder.userId, kind, begun.handle)))
    throw new DomainError("post.yours_already", beginsWith === null ? {} : { field: beginsWith });
  const sent = { kind, owner: binder, address: begun.secret ?? "", bound: null };
  return consumingTry(ctx, { rule: "enrolment.begin", of: binder.userId }, () =>
    consumingSend(ctx, sent, () => inTransaction(ctx, (tx) => begin(tx, { ...beginning, begun, label }))),
  );
}

/** May there be one more of this kind? Out: the name that the new one inherits. */
async function checkRoom(ctx: Ctx, { binder, kind, replacesId }: Beginning, perPerson: number): Promise<string> {
  const account = await findAccount(ctx, binder.userId);
  if (!account || !(await kindsOnOffer(ctx, account)).includes(kind)) throw new DomainError("factors.not_offered");
  const replaced = replacesId === null ? null : await findActive(ctx, binder.userId, replacesId);
  if (replacesId !== null && replaced?.kind !== kind) throw await goneFactor(ctx, binder);
  const active = await listActiveOfKind(ctx, binder.userId, kind);
  if (replaced === null && active.length >= perPerson)
    throw new DomainError("factors.too_many", { params: { count: active.length } });
  return replaced?.label ?? "";
}

type Made = Beginning & { readonly begun: Begun; readonly label: string };

async function begin(tx: Ctx, { binder, kind, replacesId, begun, label }: Made): Promise<{ factorId: string }> {
  const { userId, begunIn, sessionId } = binder;
  const factorId = tx.random.id();
  await takeGuardRow(tx, userId);
  await deletePending(tx, binder, kind);
  await insertPending(tx, { ...begun, id: factorId, userId, begunIn, kind, label, replacesId });
  await recordEvent(tx, {
    name: "factor.begun",
    subjectId: userId,
    meta: { kind, factor: factorId },
    ...(sessionId === null ? {} : { sessionId }),
  });
  const pending = await findPending(tx, binder, kind);
  ensure(pending, "the pending factor is there");
  await sendCode(tx, { kind, factor: pending, scene: { purpose: "BIND" } });
  return { factorId };
}
