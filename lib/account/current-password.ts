import { recordRefused } from "@/lib/audit/record-event";
import type { Ctx } from "@/lib/context/context";
import { usableKinds } from "@/lib/factors/on-offer";
import { DomainError } from "@/lib/kernel/errors";
import { unlessOurFault } from "@/lib/kernel/our-fault";
import { tally } from "@/lib/kernel/tally";
import {
  consumePasswordTry,
  isFirstRefusal,
  type PasswordCounter,
  type PasswordTry,
  passwordCounter,
  refundPasswordTry,
} from "@/lib/login/password-counter";
import { recordClosedPassword } from "@/lib/login/record-closed-password";
import { noticeWaitingPassword } from "@/lib/notices/notice-waiting-password";
import { throttleRules } from "@/lib/policy/throttle-rules";
import type { Actor } from "@/lib/sessions/acting-session";
import { endRefusedSession } from "@/lib/sessions/end-session";
import { isFresh } from "@/lib/sessions/session";
import { findProof } from "@/lib/sessions/store";
import { bucketKey } from "@/lib/throttle/bucket";
import { countingUnjudged } from "@/lib/throttle/counting-unjudged";
import { consumeWindowTry, refundWindowTry } from "@/lib/throttle/windows/store";
import { isAccountPassword } from "@/lib/users/check-password";
import type { Account } from "@/lib/users/user";

type Typed = { readonly account: Account; readonly actor: Actor; readonly current: string };

/** A right current password: the counter that it was consumed from, to be reset, and whether it says something about the account's own. */
export type ProvenPassword = {
  readonly key: string;
  readonly isOfAccount: boolean;
  /** Gives the try back: what the password was given for did not come about, and that was our fault. */
  readonly refund: () => Promise<void>;
};

/**
 * Consumes one try at the current password of somebody who is in, and judges it. In a session with a fresh proof of a bound factor it is one of
 * its own five, so that nothing that strangers did to the account's counters keeps the owner from a new password; the fifth wrong one ends the
 * session, and a step-up resets none of them. Everywhere else it is the same as at the first door: the device's counter, or the strangers'.
 * Holds no place at the hashing gate itself. Throws `password.wrong_current`, `password.logged_out`, `account.changed_meanwhile`, `throttle.too_many`.
 */
export async function requireCurrentPassword(ctx: Ctx, typed: Typed): Promise<ProvenPassword> {
  const proof = await findProof(ctx, typed.actor.sessionId);
  if (proof === null) throw new DomainError("account.changed_meanwhile");
  const isProvenByFactor = proof.kinds.length > 0 && isFresh(proof, ctx.now, { askable: usableKinds(typed.account) });
  return isProvenByFactor ? judgeInSession(ctx, typed) : judgeAtAccount(ctx, typed);
}

async function judgeInSession(ctx: Ctx, { account, actor, current }: Typed): Promise<ProvenPassword> {
  const rule = throttleRules["password.session"];
  const key = bucketKey("password.session", actor.sessionId);
  const counted = await consumeWindowTry(ctx, key, rule);
  if (counted === null) {
    tally({ what: "counter full", counter: "password.session" });
    tally({ what: "unjudged", at: "current password" });
    throw await logOut(ctx, actor, "throttled");
  }
  const refund = () => refundWindowTry(ctx, key);
  if (await unlessOurFault(refund, () => isAccountPassword(ctx, account, current)))
    return { key, isOfAccount: false, refund };
  if (counted.count >= rule.limit) throw await logOut(ctx, actor, "wrong_current");
  await recordRefusal(ctx, actor, "wrong_current");
  throw new DomainError("password.wrong_current", { field: "current" });
}

async function logOut(ctx: Ctx, actor: Actor, reason: Reason): Promise<DomainError> {
  await endRefusedSession(ctx, { sessionId: actor.sessionId, userId: actor.userId, why: "wrong_password" });
  await recordRefusal(ctx, actor, reason);
  return new DomainError("password.logged_out", { field: "current" });
}

async function judgeAtAccount(ctx: Ctx, { account, actor, current }: Typed): Promise<ProvenPassword> {
  const consumed = await consume(ctx, actor, passwordCounter(account, account.email, actor.deviceId));
  const { counter, use } = consumed;
  const refund = () => refundPasswordTry(ctx, consumed);
  const isRight = await unlessOurFault(refund, () => isAccountPassword(ctx, account, current));
  if (isRight && use.isUsable) return { key: counter.key, isOfAccount: true, refund };
  await recordRefusal(ctx, actor, "wrong_current");
  await recordClosedPassword(ctx, { userId: account.id, use });
  await noticeWaitingPassword(ctx, counter);
  throw new DomainError("password.wrong_current", { field: "current" });
}

async function consume(ctx: Ctx, actor: Actor, counter: PasswordCounter): Promise<PasswordTry> {
  try {
    return await countingUnjudged({ at: "current password" }, () => consumePasswordTry(ctx, counter));
  } catch (error) {
    if (error instanceof DomainError && (await isFirstRefusal(ctx, counter)))
      await recordRefusal(ctx, actor, "throttled");
    throw error;
  }
}

type Reason = "wrong_current" | "throttled";

function recordRefusal(ctx: Ctx, { userId, sessionId }: Actor, reason: Reason): Promise<void> {
  const about = { subjectId: userId, sessionId, meta: { reason } };
  return recordRefused(ctx, { name: "password.change_refused", ...about });
}
