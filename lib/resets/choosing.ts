import type { Pass } from "@/lib/challenge/challenge";
import { findLiveChallenge } from "@/lib/challenge/store";
import type { Ctx, RawCtx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { viewOf } from "@/lib/factors/list-factors";
import { usableKinds } from "@/lib/factors/on-offer";
import { findCodesSince } from "@/lib/factors/recovery/store";
import { listActive } from "@/lib/factors/store";
import type { FactorView } from "@/lib/factors/view";
import { earlier } from "@/lib/kernel/duration";
import { placeOf, traitsOf } from "@/lib/policy/kinds";
import { pendingRules } from "@/lib/policy/pending-rules";
import { policy } from "@/lib/policy/policy";
import { fallback } from "@/lib/policy/traits";
import { askableKindOf } from "@/lib/users/askable-kind";
import { findAccount } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";

/** Somebody who may choose a new password now, and the second factor that they gave; null: none was asked. */
export type Choosing = { readonly account: Account; readonly provenWith: string | null };

/** Whose reset is satisfied in this browser; null: nobody's. Writes nothing. */
export async function findChoosing(ctx: Ctx, pass: Pass): Promise<Choosing | null> {
  const challenge = await findLiveChallenge(ctx, pass);
  if (challenge?.purpose !== "RESET" || challenge.state !== "SATISFIED") return null;
  const account = await findAccount(ctx, challenge.userId);
  return account && { account, provenWith: challenge.satisfiedWith };
}

/** What the page that sets the password shows. */
export type ChoosingView = Choosing & {
  /** The factors that may be removed with it, a thief's perhaps: those since the last alarm first, then the newest. `goes`: it is removed in any case. */
  readonly recent: readonly (FactorView & { readonly isSinceAlarm: boolean; readonly goes: boolean })[];
  /** The recovery codes that may be made void with it, and since when there are these; null: none may. */
  readonly codes: { readonly addedAt: Date; readonly isSinceAlarm: boolean } | null;
};

/** What stands for the recovery codes among the ids of what is to be removed. */
export const allCodes = "codes";

export async function readChoosing(ctx: Ctx, pass: Pass): Promise<ChoosingView | null> {
  const choosing = await findChoosing(ctx, pass);
  if (choosing === null) return null;
  const { account, provenWith } = choosing;
  const alarm = account.passwordClosedAt;
  const isSince = (moment: Date) => alarm !== null && moment >= alarm;
  const active = await listActive(ctx, account.id);
  const addedAt = await findRemovableCodes(ctx, account, { active, provenWith });
  const codes = addedAt && { addedAt, isSinceAlarm: isSince(addedAt) };
  const going = goingByAlarm(active, { provenWith, alarm });
  const recent = [...going, ...removable(active, provenWith, ctx.now).filter((factor) => !going.includes(factor))]
    .map((factor) => ({ ...viewOf(factor, "nowhere"), goes: going.includes(factor) }))
    .map((view) => ({ ...view, isSinceAlarm: isSince(view.addedAt) }))
    .sort((one, other) => rank(other) - rank(one) || other.addedAt.getTime() - one.addedAt.getTime());
  return { account, provenWith, recent, codes };
}

const rank = ({ isSinceAlarm }: { readonly isSinceAlarm: boolean }) => (isSinceAlarm ? 1 : 0);

/**
 * Of these factors those that a reset may remove: bound within the last thirty days, and of no stronger kind than the one that it was proven with, or whoever has
 * the mailbox and a number could take the owner's app away at once. What opens the first door by itself may go with any proof: a thief's would open it again. Pure.
 */
export function removable(factors: readonly Factor[], provenWith: string | null, now: Date): readonly Factor[] {
  if (provenWith === null) return [];
  const since = earlier(now, policy.reset.recentFactors);
  const isReached = ({ kind }: Factor) =>
    provenWith === fallback || placeOf(provenWith) <= placeOf(kind) || traitsOf(kind)?.standsAlone === true;
  return factors.filter((factor) => (factor.confirmedAt ?? factor.createdAt) > since && isReached(factor));
}

type AfterAlarm = { readonly provenWith: string | null; readonly alarm: Date | null };

/**
 * What a reset after an alarm removes in any case: a factor that opens the first door by itself and was bound since the moment that the alarm was about, or within the week before
 * it, unless that kind has proven the reset. It may be a thief's, and would open the account again without the new password. Pure.
 */
export function goingByAlarm(factors: readonly Factor[], { provenWith, alarm }: AfterAlarm): readonly Factor[] {
  if (alarm === null) return [];
  return factors.filter(({ kind, confirmedAt, createdAt }) => {
    const since = provenWith === kind ? alarm : earlier(alarm, pendingRules.settledFor);
    return traitsOf(kind)?.standsAlone === true && (confirmedAt ?? createdAt) >= since;
  });
}

type Proving = { readonly active: readonly Factor[]; readonly provenWith: string | null };

/**
 * Since when there are the recovery codes that a reset may make void: made within the last thirty days, by whoever was inside perhaps, and only for a proof of the
 * strongest kind that is bound and can be asked for. Who proved with a code of theirs keeps them. Null: they stay.
 */
export async function findRemovableCodes(
  ctx: RawCtx,
  account: Pick<Account, "id" | "policy">,
  { active, provenWith }: Proving,
): Promise<Date | null> {
  if (provenWith === null || provenWith === fallback) return null;
  const askable = usableKinds(account).filter((kind) => active.some((factor) => askableKindOf(factor) === kind));
  if (askable.some((kind) => placeOf(kind) < placeOf(provenWith))) return null;
  const since = await findCodesSince(ctx, account.id);
  return since !== null && since > earlier(ctx.now, policy.reset.recentFactors) ? since : null;
}
