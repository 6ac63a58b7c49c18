import { type ProvenPassword, requireCurrentPassword } from "@/lib/account/current-password";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { DomainError } from "@/lib/kernel/errors";
import { unlessOurFault } from "@/lib/kernel/our-fault";
import { recordAndTell } from "@/lib/notices/record-and-tell";
import { type Actor, type Kept, keepOnlyActing } from "@/lib/sessions/acting-session";
import { resetCounter, resetPasswordCounters } from "@/lib/throttle/reset-tries";
import { protectPassword } from "@/lib/users/check-password";
import { replacePassword, resetAccountTries } from "@/lib/users/password/store";
import { checkNewPassword } from "@/lib/users/password-rules";
import { findAccount } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";
import { endWaiting } from "@/lib/waiting/end-waiting";

type Change = {
  readonly actor: Actor;
  readonly current: string;
  /** As typed, or how to open it where it came encrypted: nobody looks at it before the current one is right. */
  readonly next: string | (() => Promise<string>);
};

/**
 * Exchanges the password: the current one is asked even after a fresh step-up (ASVS 5.0, 6.2.3). Every other session, challenge and
 * link of the account is void from then on, what waits is stopped, and nothing is counted against the new one. Out: how many live sessions ended, and the acting one's new token.
 * Throws `password.wrong_current`, `password.logged_out`, `password.too_short|too_long|too_common|same_as_before`, `throttle.too_many`, `hash.busy`.
 */
export async function changePassword(ctx: Ctx, { actor, current, next }: Change): Promise<Kept> {
  const account = await findAccount(ctx, actor.userId);
  if (!account) throw new DomainError("account.changed_meanwhile");
  if (typeof next === "string") await checkNewPassword(next, account, ctx.now);
  const place = await takePlace(ctx.now);
  try {
    const proven = await requireCurrentPassword(ctx, { account, actor, current });
    return await unlessOurFault(proven.refund, () => choose(ctx, { account, proven, actor, current, next }));
  } finally {
    place.leave();
  }
}

type Choosing = Change & { readonly account: Account; readonly proven: ProvenPassword };

async function choose(ctx: Ctx, { account, proven, actor, current, next }: Choosing): Promise<Kept> {
  const chosen = typeof next === "string" ? next : await opened(ctx, { account, proven, next });
  if (current.normalize("NFKC") === chosen.normalize("NFKC")) await refuseTheSame(ctx, account, proven);
  const passwordHash = await protectPassword(account.id, chosen);
  return exchange(ctx, actor, { passwordHash, key: proven.key });
}

type Exchange = { readonly passwordHash: string; readonly key: string };

/** `key`: the counter that the current password was consumed from. */
function exchange(ctx: Ctx, actor: Actor, { passwordHash, key }: Exchange): Promise<Kept> {
  const { userId, credentialVersion } = actor;
  return inTransaction(ctx, async (tx) => {
    const replaced = await replacePassword(tx, { userId, passwordHash, from: credentialVersion });
    if (!replaced) throw new DomainError("account.changed_meanwhile");
    await endWaiting(tx, userId, { why: "password_changed" });
    const kept = await keepOnlyActing(tx, actor, credentialVersion + 1, "password_changed");
    await resetCounter(tx, key); // counters after sessions, as in a step-up: two at once may wait, never for each other
    await resetPasswordCounters(tx, userId);
    const about = { subjectId: userId, sessionId: actor.sessionId, meta: { sessions: kept.endedSessions } };
    await recordAndTell(tx, { event: { name: "password.changed", ...about } });
    return kept;
  });
}

type Opening = {
  readonly account: Account;
  readonly proven: ProvenPassword;
  readonly next: () => Promise<string>;
};

/**
 * A new password that came encrypted. Whoever tries ciphertexts of somebody else's would read in the rules' answers what is in them: so those are given only behind a
 * right password, and the next try needs another one, since a good ciphertext has exchanged it.
 */
async function opened(ctx: Ctx, { account, proven, next }: Opening): Promise<string> {
  const chosen = await next();
  try {
    await checkNewPassword(chosen, account, ctx.now);
    return chosen;
  } catch (refusal) {
    await resetProven(ctx, account, proven);
    throw refusal;
  }
}

async function refuseTheSame(ctx: Ctx, account: Account, proven: ProvenPassword): Promise<never> {
  await resetProven(ctx, account, proven);
  throw new DomainError("password.same_as_before", { field: "password" });
}

/** A right password was typed, so every counter is reset. */
async function resetProven(ctx: Ctx, account: Account, proven: ProvenPassword): Promise<void> {
  if (proven.isOfAccount) await resetAccountTries(ctx, account.id);
  await resetCounter(ctx, proven.key);
}
