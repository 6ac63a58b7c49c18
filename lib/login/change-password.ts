import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { type Actor, type Kept, keepOnlyActing } from "@/lib/factors/actor";
import { DomainError } from "@/lib/kernel/errors";
import { type PasswordLane, passwordLane, spendPasswordTry } from "@/lib/login/password-lane";
import { recordClosedPassword } from "@/lib/login/record-closed-password";
import { noticeFacts } from "@/lib/notices/notice-facts";
import { tellUser } from "@/lib/notices/tell-user";
import { forgetPasswordProofs, forgetTries } from "@/lib/throttle/forgive-tries";
import { refundTry } from "@/lib/throttle/refund-try";
import { isAccountPassword, protectPassword } from "@/lib/users/check-password";
import { checkNewPassword } from "@/lib/users/password-rules";
import {
  clearPasswordFailures,
  countPasswordFailure,
  findAccount,
  replacePassword,
  uncountPasswordFailure,
} from "@/lib/users/store";
import type { Account } from "@/lib/users/user";

type Change = { readonly actor: Actor; readonly current: string; readonly next: string };

/**
 * Exchanges the password: the current one is asked even after a fresh step-up (ASVS 5.0, 6.2.3). Every other session, challenge and
 * link of the account is void from then on, and nothing is counted against the new one. Out: how many live sessions ended, and the acting one's new token.
 * Throws `password.wrong_current`, `password.too_short|too_long|too_common|same_as_before`, `throttle.too_many`, `hash.busy`.
 */
export async function changePassword(ctx: Ctx, { actor, current, next }: Change): Promise<Kept> {
  const account = await findAccount(ctx, actor.userId);
  if (!account) throw new DomainError("account.changed_meanwhile");
  await checkNewPassword(next, account, ctx.now);
  const place = await takePlace(ctx.now);
  try {
    const lane = await pay(ctx, actor, passwordLane(account, account.email, actor.deviceId));
    await requireCurrent(ctx, { account, actor, lane, current });
    if (current.normalize("NFKC") === next.normalize("NFKC")) await refuseTheSame(ctx, account, lane);
    const passwordHash = await protectPassword(account.id, next);
    return await inTransaction(ctx, async (tx) => {
      const replaced = await replacePassword(tx, { userId: account.id, passwordHash, from: actor.credentialVersion });
      if (!replaced) throw new DomainError("account.changed_meanwhile");
      const kept = await keepOnlyActing(tx, actor, actor.credentialVersion + 1, "password_changed");
      await forgetTries(tx, lane.key); // counters after sessions, as in a step-up: two at once may wait, never for each other
      await forgetPasswordProofs(tx, account.id);
      await recordEvent(tx, {
        name: "password.changed",
        result: "ok",
        subjectId: account.id,
        sessionId: actor.sessionId,
        meta: { sessions: kept.endedSessions },
      });
      await tellUser(tx, { userId: account.id, kind: "password.changed", facts: noticeFacts(tx) });
      return kept;
    });
  } finally {
    place.leave();
  }
}

/** A right password was typed, so nothing stays counted. */
async function refuseTheSame(ctx: Ctx, account: Account, lane: PasswordLane): Promise<never> {
  await clearPasswordFailures(ctx, account.id);
  await forgetTries(ctx, lane.key);
  throw new DomainError("password.same_as_before", { field: "password" });
}

async function pay(ctx: Ctx, actor: Actor, lane: PasswordLane): Promise<PasswordLane> {
  try {
    return await spendPasswordTry(ctx, lane);
  } catch (error) {
    if (error instanceof DomainError) await recordRefusal(ctx, actor, "throttled");
    throw error;
  }
}

type Typed = {
  readonly account: Account;
  readonly actor: Actor;
  readonly lane: PasswordLane;
  readonly current: string;
};

async function requireCurrent(ctx: Ctx, { account, actor, lane, current }: Typed): Promise<void> {
  const use = await countPasswordFailure(ctx, account.id);
  try {
    if ((await isAccountPassword(ctx, account, current)) && use.isUsable) return;
  } catch (fault) {
    await refundTry(ctx, [lane.key]);
    if (use.isUsable) await uncountPasswordFailure(ctx, account.id);
    throw fault;
  }
  await recordRefusal(ctx, actor, "wrong_current");
  await recordClosedPassword(ctx, account.id, use);
  throw new DomainError("password.wrong_current", { field: "current" });
}

function recordRefusal(ctx: Ctx, { userId, sessionId }: Actor, reason: "wrong_current" | "throttled"): Promise<void> {
  return recordEvent(ctx, {
    name: "password.change_refused",
    result: "refused",
    subjectId: userId,
    sessionId,
    meta: { reason },
  });
}
