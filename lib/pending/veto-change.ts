import { recordRefusedAccess } from "@/lib/audit/record-refused-access";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { recordRefusedLink } from "@/lib/links/record-refused-link";
import { vetoHash } from "@/lib/pending/veto-link";
import type { Actor } from "@/lib/sessions/acting-session";
import { consumingLink } from "@/lib/throttle/consume-address";
import type { VetoReason } from "@/lib/waiting/change";
import { tellStopped } from "@/lib/waiting/end-waiting";
import { type EndedRow, findChangeByHash, vetoByHash, vetoOne } from "@/lib/waiting/store";

/* A veto is a cancellation, and only takes away: against one that is due at the same moment exactly one of both wins, because both are one conditional write. */

/** The owner stops a change in a session with a fresh proof. Throws `pending.over`, also for somebody else's: that leaves a row. */
export async function vetoInSession(
  ctx: Ctx,
  { actor, id }: { readonly actor: Actor; readonly id: string },
): Promise<void> {
  const { userId, sessionId } = actor;
  if (await stop(ctx, "by_owner", (tx) => vetoOne(tx, { id, userId, why: "by_owner" }))) return;
  await recordRefusedAccess(ctx, { name: "authz.refused", subjectId: userId, sessionId, meta: { what: "change" } });
  throw new DomainError("pending.over");
}

/** Whoever holds the link of a letter stops the change. Throws `pending.over`, `throttle.too_many`. */
export async function vetoByLink(ctx: Ctx, { token }: { readonly token: string }): Promise<void> {
  const hash = vetoHash(token);
  try {
    await consumingLink(ctx, async () => {
      const isStopped = hash !== null && (await stop(ctx, "by_link", (tx) => vetoByHash(tx, hash)));
      if (!isStopped) throw new DomainError("pending.over");
    });
  } catch (error) {
    if (error instanceof DomainError && error.id === "pending.over") await recordRefusal(ctx, hash);
    throw error;
  }
}

async function recordRefusal(ctx: Ctx, hash: string | null): Promise<void> {
  await recordRefusedLink(ctx, "veto", hash === null ? null : await findChangeByHash(ctx, hash));
}

/** An operator stops a change. False: it does not wait, or there is none. */
export const vetoByOperator = (ctx: Ctx, id: string): Promise<boolean> =>
  stop(ctx, "by_operator", (tx) => vetoOne(tx, { id, userId: null, why: "by_operator" }));

function stop(ctx: Ctx, why: VetoReason, veto: (tx: RawCtx) => Promise<EndedRow | null>): Promise<boolean> {
  return inShortTransaction(ctx, async (tx) => {
    const stopped = await veto(tx);
    if (stopped === null) return false;
    await tellStopped(tx, { change: stopped, why });
    return true;
  });
}
