import { recordRefused } from "@/lib/audit/record-event";
import { type Answered, answerChallengeAnd } from "@/lib/challenge/answer-challenge";
import type { Challenge, Pass } from "@/lib/challenge/challenge";
import { consumeClaimTry, refundClaimTry } from "@/lib/challenge/claim/store";
import { claimWithin, type Opened } from "@/lib/challenge/claim-login";
import { confirmAtLoginAnd } from "@/lib/challenge/enrol-at-login";
import { findEnrollable } from "@/lib/challenge/enrollable";
import { findLiveChallenge, killChallenge } from "@/lib/challenge/store";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { otpDeliveryOf } from "@/lib/factors/otp-delivery-of";
import { strategies } from "@/lib/factors/registry";
import { findPending } from "@/lib/factors/store";
import type { Answer, Showing } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";
import { isOurFault, unlessOurFault } from "@/lib/kernel/our-fault";
import { isBoundKind } from "@/lib/policy/kinds";
import type { FactorKind } from "@/lib/policy/traits";

type Entering = {
  readonly pass: Pass;
  readonly kind: FactorKind;
  readonly answer: Answer;
  /** What a factor is called that this answer binds. */
  readonly label: string;
};

/** A session, and what is to be shown to this person once: the replacement of a recovery code. */
export type Entered = { readonly opened: Opened; readonly reveal: Showing | null };

/**
 * The second door of an app's login, where one call does what two requests of a browser do: the answer, and the session that it opens, in one
 * transaction. Three things can be said here: an answer; the code that binds what was begun in this login, where policy demands a factor
 * and there is none; and, once that was done by a confirmation, a code of the factor that it bound, for which this same login gets its session.
 * Throws `challenge.expired`, the kind's own sentences, `throttle.*`, `hash.busy`. Wrong, absent and foreign read the same.
 */
export async function enterByApi(ctx: Ctx, entering: Entering): Promise<Entered> {
  const { pass, kind, answer, label } = entering;
  const challenge = await findLiveChallenge(ctx, pass);
  if (challenge?.purpose !== "LOGIN") throw new DomainError("challenge.expired");
  const then = (tx: RawCtx, { reveal }: Pick<Answered, "reveal">) => claimAnd(tx, pass, reveal);
  if (challenge.state === "SATISFIED") return claimConfirmed(ctx, challenge, entering, then);
  if (!(await isBinding(ctx, challenge, kind)))
    return answerChallengeAnd(ctx, { pass, kind, answer, sessionId: null, challenge }, then);
  const confirming = { pass, kind: boundKind(kind), answer, label, defaultLabel: label };
  return confirmAtLoginAnd(ctx, confirming, then);
}

async function claimAnd(tx: RawCtx, pass: Pass, reveal: Showing | null): Promise<Entered> {
  const opened = await claimWithin(tx, pass);
  if (!opened) throw new DomainError("challenge.expired");
  return { opened, reveal };
}

/** A kind whose code is sent is bound by the same call that answers with it. */
async function isBinding(ctx: Ctx, challenge: Challenge, kind: FactorKind): Promise<boolean> {
  if (!isBoundKind(kind) || otpDeliveryOf(kind) === null) return false;
  if (!(await findPending(ctx, { userId: challenge.userId, begunIn: challenge.id }, kind))) return false;
  return (await findEnrollable(ctx, challenge)).includes(kind);
}

function boundKind(kind: FactorKind) {
  if (!isBoundKind(kind)) throw new DomainError("challenge.expired");
  return kind;
}

type Then = (tx: RawCtx, answered: Pick<Entered, "reveal">) => Promise<Entered>;

/**
 * The login was satisfied by a confirmation whose answer never reached the app. The very code that bound the factor claims what it has opened,
 * under the same token: no code is accepted twice. So does a later code of it, which is spent like any other. A wrong one costs one of the
 * login's tries.
 */
async function claimConfirmed(
  ctx: Ctx,
  challenge: Challenge,
  { kind, answer }: Entering,
  then: Then,
): Promise<Entered> {
  const { id, userId, purpose, satisfiedWith, satisfiedStep } = challenge;
  const { isAnswerOf, held: holding, wrong, used, field, readAnswer } = strategies[kind];
  const attempt = readAnswer(answer); // free: malformed costs nothing
  const consumed = await consumeClaimTry(ctx, id);
  if (!consumed) throw new DomainError("challenge.expired");
  const claim = async () => {
    const held = satisfiedWith === kind ? await holding(ctx, userId) : [];
    if (held.length === 0) throw new DomainError(wrong, { field });
    const isSame = satisfiedStep !== null && isAnswerOf?.(held, answer, satisfiedStep) === true;
    const burn = isSame ? null : await attempt(ctx, held, { purpose: "LOGIN", challengeId: id });
    return inShortTransaction(ctx, async (tx) => {
      const claimed = await then(tx, { reveal: null });
      if (burn && !(await burn(tx))) throw new DomainError(used, { field });
      return claimed;
    });
  };
  try {
    return await unlessOurFault(() => refundClaimTry(ctx, id), claim);
  } catch (error) {
    if (!isOurFault(error) && consumed.attemptsLeft === 0) await endClaiming(ctx, { id, userId, purpose });
    throw error;
  }
}

async function endClaiming(ctx: Ctx, { id, userId, purpose }: Pick<Challenge, "id" | "userId" | "purpose">) {
  if (!(await killChallenge(ctx, id, "SATISFIED"))) return;
  const meta = { challenge: id, purpose };
  await recordRefused(ctx, { name: "challenge.died", result: "refused", subjectId: userId, meta });
}
