import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { takePlace } from "@/lib/crypto/hashing-gate";
import { type Actor, type Kept, keepOnlyActing } from "@/lib/factors/actor";
import { DomainError } from "@/lib/kernel/errors";
import { type PasswordLane, passwordLane, spendPasswordTry } from "@/lib/login/password-lane";
import { forgetTries } from "@/lib/throttle/forgive-tries";
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
 * link of the account is void from then on. Out: how many live sessions ended, and the acting one's new token.
 * Throws `password.wrong_current`, `password.too_short|too_long|too_common|same_as_before`, `throttle.too_many`, `hash.busy`.
 */
export async function changePassword(ctx: Ctx, { actor, current, next }: Change): Promise<Kept> {
  const account = await findAccount(ctx, actor.userId);
  if (!account) throw new DomainError("account.changed_meanwhile");
  await checkNewPassword(next, account);
  const place = await takePlace(ctx.now);
  try {
    const lane = await spendPasswordTry(ctx, passwordLane(account, account.email, actor.deviceId));
    await requireCurrent(ctx, account, lane, current);
    if (current.normalize("NFKC") === next.normalize("NFKC")) await refuseTheSame(ctx, account, lane);
    const passwordHash = await protectPassword(account.id, next);
    return await inTransaction(ctx, async (tx) => {
      const replaced = await replacePassword(tx, { userId: account.id, passwordHash, from: actor.credentialVersion });
      if (!replaced) throw new DomainError("account.changed_meanwhile");
      await forgetTries(tx, lane.key);
      const kept = await keepOnlyActing(tx, actor, actor.credentialVersion + 1, "password_changed");
      await recordEvent(tx, {
        name: "password.changed",
        result: "ok",
        subjectId: account.id,
        sessionId: actor.sessionId,
        meta: { sessions: kept.endedSessions },
      });
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

async function requireCurrent(ctx: Ctx, account: Account, lane: PasswordLane, current: string): Promise<void> {
  const usable = await countPasswordFailure(ctx, account.id);
  try {
    if ((await isAccountPassword(ctx, account, current)) && usable) return;
  } catch (fault) {
    await refundTry(ctx, [lane.key]);
    if (usable) await uncountPasswordFailure(ctx, account.id);
    throw fault;
  }
  await recordEvent(ctx, {
    name: "password.change_refused",
    result: "refused",
    subjectId: account.id,
    meta: { reason: "wrong_current" },
  });
  throw new DomainError("password.wrong_current", { field: "current" });
}
