import type { Challenge, Pass } from "@/lib/challenge/challenge";
import { findEnrollable } from "@/lib/challenge/enrollable";
import { heldFor } from "@/lib/challenge/held-before";
import { kindsToTrust } from "@/lib/challenge/kinds-to-trust";
import { findWays } from "@/lib/challenge/options";
import { findLiveChallenge } from "@/lib/challenge/store";
import type { ChallengeView, PreparedView, SentCodeView } from "@/lib/challenge/view";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { challengesOf } from "@/lib/factors/ceremony";
import type { Factor } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import type { LastSent, Scene } from "@/lib/factors/strategy";
import { isOver, later } from "@/lib/kernel/duration";
import { maskEmail } from "@/lib/kernel/mask";
import { whenLost } from "@/lib/policy/freshness";
import { policy } from "@/lib/policy/policy";
import type { FactorKind } from "@/lib/policy/traits";
import { countStepUpTriesLeft } from "@/lib/sessions/store";

/** What a page shows of the open challenge that a pass names; null when it is over. Writes nothing. */
export async function readChallenge(ctx: Ctx, pass: Pass): Promise<ChallengeView | null> {
  const challenge = await findLiveChallenge(ctx, pass);
  if (challenge?.state !== "OPEN" || challenge.attemptsLeft === 0) return null;
  const { options, closed, tooWeak } = await findWays(ctx, challenge);
  const enrols = options.length === 0 ? await findEnrollable(ctx, challenge) : [];
  const { purpose, reason, returnTo, expiresAt } = challenge;
  const isLastTry = (await countTriesLeft(ctx, challenge)) === 1;
  const who = maskEmail(challenge.email);
  return {
    purpose,
    reason,
    returnTo,
    expiresAt,
    isLastTry,
    options,
    closed,
    whenLost: tooWeak.length > 0 ? whenLost(reason) : null,
    enrols,
    trust: trustOf(ctx, challenge),
    who,
  };
}

function trustOf({ now }: Ctx, challenge: Challenge): ChallengeView["trust"] {
  const [{ days }, kinds] = [config().trust, kindsToTrust(challenge, now)];
  return days === null || kinds.length === 0 ? null : { days, kinds };
}

/** As an answer would find them: of the challenge's own tries, and at a step-up of its session's. */
async function countTriesLeft(ctx: Ctx, { attemptsLeft, purpose, sessionId }: Challenge): Promise<number> {
  if (purpose !== "STEP_UP" || sessionId === null) return attemptsLeft;
  return Math.min(attemptsLeft, await countStepUpTriesLeft(ctx, sessionId));
}

/** What was prepared for one way of this challenge; null for ways that need nothing. Writes nothing. */
export async function readPrepared(ctx: Ctx, pass: Pass, kind: FactorKind): Promise<PreparedView | null> {
  const { prepare } = strategies[kind];
  const challenge = prepare ? await findLiveChallenge(ctx, pass) : null;
  if (!challenge) return null;
  const held = await heldFor(ctx, challenge, kind);
  return preparedView(ctx, { kind, held, scene: { purpose: challenge.purpose, challengeId: challenge.id } });
}

type Asked = { readonly kind: FactorKind; readonly held: readonly Factor[]; readonly scene: Scene };

/** The same for any scene: `held` are the factors that could answer, or the one that is pending. */
export async function preparedView(ctx: Ctx, { kind, held, scene }: Asked): Promise<PreparedView | null> {
  const { prepare } = strategies[kind];
  if (prepare === null) return null;
  if (prepare.how === "ceremony") {
    const [challenge = ""] = challengesOf({ kind, held, scene });
    return { how: prepare.how, options: await prepare.options(ctx, held, challenge, scene) };
  }
  return { how: prepare.how, sent: sentCodeView(ctx, { kind, held, last: await prepare.lastSent(ctx, held, scene) }) };
}

/** The view of what was sent to some of `held`. */
function sentCodeView(
  ctx: Ctx,
  { kind, held, last }: { readonly kind: FactorKind; readonly held: readonly Factor[]; readonly last: LastSent | null },
): SentCodeView {
  const masked = (factor: Factor) => strategies[kind].describe(factor) ?? "";
  const receiver = last ? (held.find(({ id }) => id === last.factorId) ?? held[0]) : undefined;
  const opens = last ? later(last.at, policy.sentCode.resendAfter) : null;
  return {
    sentTo: receiver ? masked(receiver) : null,
    sentToId: receiver?.id ?? null,
    againAt: opens === null || isOver(opens, ctx.now) ? null : opens,
    mayAskAgain: (last?.count ?? 0) < policy.sentCode.perChallenge,
    addresses: held.map((factor) => ({ factorId: factor.id, to: masked(factor) })),
  };
}
