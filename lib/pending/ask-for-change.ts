import { recordEvent } from "@/lib/audit/record-event";
import { config } from "@/lib/config/config";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { seal, unseal } from "@/lib/crypto/seal";
import { ensure } from "@/lib/kernel/assert";
import { hours } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { beginningWait, channelsOfLastDays, linksFor } from "@/lib/pending/channels";
import type { Owner, PendingKind, ReadChange } from "@/lib/pending/pending-kind";
import { type DataOf, type PendingName, pendingKinds } from "@/lib/pending/registry";
import { isAtOnce } from "@/lib/pending/standing/standing";
import { findOwner, findStanding } from "@/lib/pending/standing/store";
import { newVetoLink } from "@/lib/pending/veto-link";
import type { Actor, Kept } from "@/lib/sessions/acting-session";
import { consumingTry } from "@/lib/throttle/consume-try";
import { takeGuardRow } from "@/lib/users/store";
import { changeSealedFor } from "@/lib/waiting/change";
import { findWaiting, insertDone, insertWaiting, supersedeWaiting } from "@/lib/waiting/store";

/** It is done, and what is left of the sessions (`kept`; its token is for the acting one's cookie); or it waits, `hours` long once a letter about it has left. */
export type AskedFor =
  | { readonly done: true; readonly kept: Kept | null }
  | { readonly done: false; readonly hours: number; readonly dueAt: Date | null };

/**
 * Somebody who is in, with a fresh proof, asks for a dangerous change. A waiting change has a cooling-off period, in which its owner can stop it. On a settled device, with the strongest proof given after the login, it is done at
 * once; everywhere else it waits: a letter to every address that was the account's in the last seven days says so and can stop it. A newer one of
 * the same kind takes its place; the very same once more, in the same session, changes nothing. Throws what the kind says against it, `throttle.too_many`, and what doing it throws.
 */
export async function askForChange<N extends PendingName>(
  ctx: Ctx,
  actor: Actor,
  name: N,
  data: DataOf<N>,
): Promise<AskedFor> {
  const kind: PendingKind = pendingKinds[name];
  const change = kind.read(data);
  ensure(change, `what is asked for has the form of ${name}`);
  const asking = { kind, change, data };
  return consumingTry(ctx, { rule: "change.asked", of: actor.sessionId }, async () =>
    (await mayBeAtOnce(ctx, actor, kind)) ? doAtOnce(ctx, actor, asking) : makeWait(ctx, actor, asking),
  );
}

/** Would it be done at once, if it was asked for now? For the words on a page; the question is asked again when it is. */
export async function mayBeAtOnce(
  ctx: Ctx,
  { sessionId }: Pick<Actor, "sessionId">,
  kind: Pick<PendingKind, "mayBeAtOnce">,
): Promise<boolean> {
  if (!kind.mayBeAtOnce) return false;
  const standing = await findStanding(ctx, sessionId);
  return standing !== null && isAtOnce(standing, ctx.now);
}

/** How long a change of this kind waits, in hours. */
export const hoursOf = ({ waits }: Pick<PendingKind, "waits">): number =>
  waits === null ? config().changesWaitHours : waits / hours(1);

type Asking = { readonly kind: PendingKind; readonly change: ReadChange; readonly data: unknown };

function doAtOnce(ctx: Ctx, actor: Actor, { kind, change }: Asking): Promise<AskedFor> {
  const { userId, sessionId, deviceId: askedOn } = actor;
  return inTransaction(ctx, async (tx) => {
    await takeGuardRow(tx, userId);
    await supersedeWaiting(tx, userId, kind.name);
    const owner = await judged(tx, actor, change);
    const row = { id: tx.random.id(), userId, kind: kind.name, askedIn: sessionId, askedOn };
    await insertDone(tx, { ...row, vetoHash: newVetoLink(tx).hash });
    const kept = await change.effect(tx, owner);
    const meta = { change: row.id, kind: kind.name, at_once: true };
    await recordEvent(tx, { name: "pending.done", subjectId: userId, sessionId, meta });
    return { done: true, kept };
  });
}

function makeWait(ctx: Ctx, actor: Actor, { kind, change, data }: Asking): Promise<AskedFor> {
  const { userId, sessionId, deviceId: askedOn } = actor;
  return inTransaction(ctx, async (tx) => {
    await takeGuardRow(tx, userId);
    const owner = await judged(tx, actor, change);
    const same = await findSame(tx, actor, { kind, data });
    if (same !== null) return { done: false, hours: same.waitHours, dueAt: same.dueAt };
    const [id, waitHours] = [tx.random.id(), hoursOf(kind)];
    const { hash: vetoHash, link } = newVetoLink(tx);
    const to = (await channelsOfLastDays(tx, userId)).map((channel) => ({ ...channel, id: tx.random.id() }));
    const noticeIds = beginningWait(to, tx.now).map((one) => one.id);
    const sealed = seal(JSON.stringify(data), changeSealedFor(userId, id));
    const row = { id, userId, kind: kind.name, askedIn: sessionId, askedOn, waitHours, noticeIds, vetoHash };
    await insertWaiting(tx, { ...row, data: sealed });
    const meta = { change: id, kind: kind.name, hours: waitHours };
    await recordAndTell(tx, {
      event: { name: "pending.asked", subjectId: userId, sessionId, meta },
      facts: { change: kind.name, detail: await change.detail(tx, owner), hours: waitHours, link: "" },
      to: linksFor(to, link).map((one) => ({
        id: one.id,
        channel: one.channel,
        to: one.to,
        facts: { link: one.link },
      })),
    });
    return { done: false, hours: waitHours, dueAt: null };
  });
}

/** The very same waits already, asked for in this session: a button that was pressed twice, or a call that was sent again, is no news to anybody. */
async function findSame(tx: Ctx, { userId, sessionId }: Actor, { kind, data }: Omit<Asking, "change">) {
  const waiting = await findWaiting(tx, userId, kind.name);
  if (waiting === null || waiting.data === null || waiting.askedIn !== sessionId) return null;
  return unseal(waiting.data, changeSealedFor(userId, waiting.id)) === JSON.stringify(data) ? waiting : null;
}

/** The account as it stands, if nothing is said against the change. */
async function judged(tx: Ctx, actor: Actor, change: ReadChange): Promise<Owner> {
  const found = await findOwner(tx, actor.userId);
  if (!found || found.credentialVersion !== actor.credentialVersion || found.disabledAt !== null)
    throw new DomainError("account.changed_meanwhile");
  const owner: Owner = { ...found, askedAt: tx.now, acting: actor };
  const why = await change.whyNot(tx, owner);
  if (why !== null) throw new DomainError(why);
  return owner;
}
