import { demandsOf } from "@/lib/apps/demands-of";
import type { Challenge } from "@/lib/challenge/challenge";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { kindsOnOffer } from "@/lib/factors/on-offer";
import { strategies } from "@/lib/factors/registry";
import { countActive } from "@/lib/factors/store";
import type { Answer } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";
import { countsUnder, demandOn, demandThrough } from "@/lib/policy/second-factor";
import type { BoundKind } from "@/lib/policy/traits";
import { consumingTry } from "@/lib/throttle/consume-try";

/**
 * What this half-finished login may bind: only when policy demands a factor and the account has none at all. A login that could add a
 * factor to others would be a way around them.
 */
export async function findEnrollable(ctx: Ctx, challenge: Challenge): Promise<readonly BoundKind[]> {
  const { purpose, state, userId, clientId } = challenge;
  if (purpose !== "LOGIN" || state !== "OPEN") return [];
  const policy = demandOn(challenge, config().secondFactor, ctx.now);
  const { isDemanded, emailCounts } = demandThrough(await demandsOf(ctx, clientId), policy);
  if (!isDemanded || (await countActive(ctx, userId)) > 0) return [];
  const offered = await kindsOnOffer(ctx, challenge);
  return offered.filter((kind) => countsUnder({ emailCounts }, kind)); // what does not count would only lead to the next demand
}

type Question = { readonly challenge: Challenge; readonly kind: BoundKind; readonly given: Answer };

/**
 * May this address be bound in this login? `then` hears it, and what the question consumed is refunded where a fault of ours ends what it does. `given`: what is typed to begin with it. True for every well-formed and served address while the account may bind this kind here; whether
 * somebody else uses the address plays no part, is not looked up, and nothing is sent (proof by code binds it, whoever else did so before).
 * Five questions a login, twenty a day for an account. Throws `throttle.too_many`.
 */
export function askBindable<T>(ctx: Ctx, question: Question, then: (mayBind: boolean) => Promise<T>): Promise<T> {
  const { id, userId } = question.challenge;
  return consumingTry(ctx, { rule: "bindable.challenge", of: id }, () =>
    consumingTry(ctx, { rule: "bindable.account", of: userId }, async () => then(await mayBind(ctx, question))),
  );
}

async function mayBind(ctx: Ctx, { challenge, kind, given }: Question): Promise<boolean> {
  const { enrolment } = strategies[kind];
  if (!enrolment || enrolment.beginsWith === null || !(await findEnrollable(ctx, challenge)).includes(kind))
    return false;
  try {
    enrolment.begin(ctx, { userId: challenge.userId, email: challenge.email }, given);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false; // malformed, or of a country that is not served
    throw error;
  }
}
