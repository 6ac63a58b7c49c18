import type { Challenge, Pass } from "@/lib/challenge/challenge";
import { findEnrollable } from "@/lib/challenge/enrollable";
import { findWays } from "@/lib/challenge/options";
import { findLiveChallenge } from "@/lib/challenge/store";
import type { ChallengeView, PostView } from "@/lib/challenge/view";
import type { Ctx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import type { LastPost } from "@/lib/factors/strategy";
import { isOver, later } from "@/lib/kernel/duration";
import { maskEmail } from "@/lib/kernel/mask";
import { policy } from "@/lib/policy/policy";
import type { FactorKind } from "@/lib/policy/traits";
import { countStepUpTriesLeft } from "@/lib/sessions/store";

/** What a page shows of the open challenge that a pass names; null when it is over. Writes nothing. */
export async function readChallenge(ctx: Ctx, pass: Pass): Promise<ChallengeView | null> {
  const challenge = await findLiveChallenge(ctx, pass);
  if (challenge?.state !== "OPEN" || challenge.attemptsLeft === 0) return null;
  const { options, closed } = await findWays(ctx, challenge);
  const enrols = options.length === 0 ? await findEnrollable(ctx, challenge) : [];
  const { purpose, reason, returnTo, expiresAt } = challenge;
  const isLastTry = (await countTriesLeft(ctx, challenge)) === 1;
  return { purpose, reason, returnTo, expiresAt, isLastTry, options, closed, enrols, who: maskEmail(challenge.email) };
}

/** As an answer would find them: of the challenge's own tries, and at a step-up of its session's. */
async function countTriesLeft(ctx: Ctx, { attemptsLeft, purpose, sessionId }: Challenge): Promise<number> {
  if (purpose !== "STEP_UP" || sessionId === null) return attemptsLeft;
  return Math.min(attemptsLeft, await countStepUpTriesLeft(ctx, sessionId));
}

/** What a page shows of the codes that are posted for one way of this challenge; null for ways that need none. Writes nothing. */
export async function readPost(ctx: Ctx, pass: Pass, kind: FactorKind): Promise<PostView | null> {
  const { delivery, held: holding } = strategies[kind];
  const challenge = delivery ? await findLiveChallenge(ctx, pass) : null;
  if (!challenge || !delivery) return null;
  const held = await holding(ctx, challenge.userId);
  const scene = { purpose: challenge.purpose, challengeId: challenge.id };
  return postView(ctx, { kind, held, last: await delivery.lastPost(ctx, held, scene) });
}

/** The view of what was posted to some of `held`. */
export function postView(
  ctx: Ctx,
  { kind, held, last }: { readonly kind: FactorKind; readonly held: readonly Factor[]; readonly last: LastPost | null },
): PostView {
  const masked = (factor: Factor) => strategies[kind].describe(factor) ?? "";
  const receiver = last ? (held.find(({ id }) => id === last.factorId) ?? held[0]) : undefined;
  const opens = last ? later(last.at, policy.post.resendAfter) : null;
  return {
    sentTo: receiver ? masked(receiver) : null,
    sentToId: receiver?.id ?? null,
    againAt: opens === null || isOver(opens, ctx.now) ? null : opens,
    mayAskAgain: (last?.count ?? 0) < policy.post.perChallenge,
    addresses: held.map((factor) => ({ factorId: factor.id, to: masked(factor) })),
  };
}
