import { type Ctx, inTransaction } from "@/lib/context/context";
import { type BoundAs, bindFactor, type Proven, provePending, refundProof } from "@/lib/factors/bind-factor";
import { binderOf } from "@/lib/factors/binder-of";
import { freeName, readLabel } from "@/lib/factors/label";
import { listActive } from "@/lib/factors/store";
import type { Answer, Showing } from "@/lib/factors/strategy";
import { unlessOurFault } from "@/lib/kernel/our-fault";
import type { BoundKind } from "@/lib/policy/traits";
import { type Actor, type Kept, keepOnlyActing } from "@/lib/sessions/acting-session";
import { restampDevices } from "@/lib/sessions/devices/store";
import { noteProof } from "@/lib/sessions/store";

type Confirmation = {
  readonly actor: Actor;
  readonly kind: BoundKind;
  readonly answer: Answer;
  /** The pending factor that the form was shown for; none: the one that waits. */
  readonly pendingId?: string | null;
  readonly label: string;
  readonly defaultLabel: string;
  /** The one that it would take the place of stays, and this is done about it in the same transaction, by the actor under the new stamp; none: it goes. */
  readonly aboutStaying?: (tx: Ctx, actor: Actor) => Promise<void>;
};

/** `codes`: the first recovery codes of the account, to be shown once; null when it has some already. */
export type Bound = Kept & { readonly factorId: string; readonly codes: Showing | null };

/**
 * PENDING → ACTIVE once a first code proves possession; that code is spent. One transaction with the event, the first recovery
 * codes and, when replacing, the end of the old factor: protection is never off in between. Every other session ends. A further factor leaves all known
 * devices as they are; with the first one, and with one in another's place, only the acting one stays, because the others never passed what is asked now.
 * Throws `factors.enrolment_gone`, `factors.replaced_elsewhere`, the kind's own sentences, `account.changed_meanwhile`, `throttle.too_many`.
 */
export async function confirmEnrolment(ctx: Ctx, confirmation: Confirmation): Promise<Bound> {
  const { actor, kind, answer, pendingId, aboutStaying = null } = confirmation;
  const taken = (await listActive(ctx, actor.userId)).map((factor) => factor.label);
  const label = readLabel(confirmation.label, freeName(confirmation.defaultLabel, taken));
  const proven = await provePending(ctx, { binder: binderOf(actor), kind, answer, pendingId });
  return unlessOurFault(
    () => refundProof(ctx, proven),
    () => bind(ctx, actor, { proven, label, aboutStaying }),
  );
}

type Binding = Pick<Required<Confirmation>, "label"> & {
  readonly proven: Proven;
  readonly aboutStaying: Confirmation["aboutStaying"] | null;
};

function bind(ctx: Ctx, actor: Actor, { proven, label, aboutStaying }: Binding): Promise<Bound> {
  return inTransaction(ctx, async (tx) => {
    const along = async ({ version, isFurther }: BoundAs) => {
      const { userId, sessionId, credentialVersion: from } = actor;
      await aboutStaying?.(tx, { ...actor, credentialVersion: version }); // a change before sessions, as everywhere
      await noteProof(tx, sessionId, userId, proven.kind);
      const kept = await keepOnlyActing(tx, actor, version, "factor_bound");
      if (isFurther) await restampDevices(tx, userId, { from, to: version });
      return kept;
    };
    const keepsReplaced = aboutStaying !== null;
    const kept = await bindFactor(tx, { proven, label, from: actor.credentialVersion, keepsReplaced, along });
    return { factorId: proven.pending.id, codes: proven.set?.shown ?? null, ...kept };
  });
}
