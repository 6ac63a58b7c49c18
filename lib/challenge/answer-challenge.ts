import { recordEvent, recordRefused } from "@/lib/audit/record-event";
import { type Challenge, closedPassword, isOfSession, type Pass } from "@/lib/challenge/challenge";
import {
  type ConsumedTry,
  consumeAnswerTry,
  recordClosing,
  recordRefusal,
  refundAnswerTry,
} from "@/lib/challenge/consume-answer-try";
import { foreignChallenge } from "@/lib/challenge/foreign-challenge";
import { heldFor } from "@/lib/challenge/held-before";
import { kindsToTrust } from "@/lib/challenge/kinds-to-trust";
import { mayAnswerWith } from "@/lib/challenge/options";
import { findLiveChallenge, killChallenge, noteFirstHalf, satisfyChallenge } from "@/lib/challenge/store";
import { type Ctx, inShortTransaction, type RawCtx } from "@/lib/context/context";
import { strategies } from "@/lib/factors/registry";
import { countActive } from "@/lib/factors/store";
import type { Answer, Burn, Showing } from "@/lib/factors/strategy";
import { later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { spendResetLink } from "@/lib/links/store";
import { noticeWrongStep } from "@/lib/notices/notice-wrong-step";
import { clientTraits } from "@/lib/policy/clients";
import { policy } from "@/lib/policy/policy";
import { type FactorKind, fallback, firstDoor, traits } from "@/lib/policy/traits";
import { endRefusedSession } from "@/lib/sessions/end-session";
import { refreshProof } from "@/lib/sessions/refresh-proof";
import { refundStepUpTry } from "@/lib/sessions/store";
import { resetTries } from "@/lib/throttle/reset-tries";

type Answering = {
  readonly pass: Pass;
  readonly kind: FactorKind;
  readonly answer: Answer;
  /** The live session of the same browser; a step-up counts only in the session that asked for it. */
  readonly sessionId: string | null;
  /** The challenge that the pass names, where it was just looked up. */
  readonly challenge?: Challenge;
};

/** Whose it was, where their tab goes afterwards, and what is to be shown once. */
type Whose = { readonly userId: string; readonly returnTo: string; readonly reveal: Showing | null };

/** A login is satisfied and waits to be claimed, a reset for the new password; a step-up gives the session a new token, or asks for its other half. */
export type Answered =
  | (Whose & { readonly purpose: "HALF" })
  | (Whose & {
      readonly purpose: "LOGIN";
      /** After this proof its browser may be trusted, if the person asks for it. */
      readonly mayTrust: boolean;
    })
  | (Whose & { readonly purpose: "RESET" })
  | (Whose & { readonly purpose: "STEP_UP"; readonly sessionToken: string });

/**
 * The second door, where the second factor is judged (multi-factor authentication, ASVS 5.0, 6.3.3): find → read → consume → judge → one
 * write-first transaction that satisfies, burns, guards, resets and records. A replay is told by the kind that judges, in its `strategy.ts`; of two
 * at once the second finds nothing left to burn here.
 * The person, their factors and the client come from our rows; of the request only the typed answer counts.
 * Throws `challenge.expired`, the kind's own sentences, `throttle.*`, `hash.busy`. Wrong, absent and foreign read the same.
 */
export function answerChallenge(ctx: Ctx, answering: Answering): Promise<Answered> {
  return answerChallengeAnd(ctx, answering, async (_, answered) => answered);
}

/** The same, and `then` in the same transaction: what it throws undoes the answer too. */
export async function answerChallengeAnd<T>(
  ctx: Ctx,
  { pass, kind, answer, sessionId, challenge: known }: Answering,
  then: (tx: RawCtx, answered: Answered) => Promise<T>,
): Promise<T> {
  const challenge = known ?? (await findLiveChallenge(ctx, pass));
  if (challenge?.state !== "OPEN") throw new DomainError("challenge.expired");
  if (!isOfSession(challenge, sessionId)) throw await foreignChallenge(ctx, challenge);
  const strategy = strategies[kind];
  const attempt = strategy.readAnswer(answer); // free: malformed costs nothing
  const held = (await mayAnswerWith(ctx, challenge, kind)) ? await heldFor(ctx, challenge, kind) : [];
  const consumed = await consumeAnswerTry(ctx, challenge, kind, held.length > 0); // consumed: a rollback will not refund it
  try {
    if (held.length === 0) throw new DomainError(strategy.wrong);
    const { purpose, id: challengeId, onlyBefore } = challenge;
    const { asksWhetherSaved } = clientTraits(challenge.clientId);
    const scene = { purpose, challengeId, onlyBefore, asksWhetherSaved };
    const burn = await attempt(ctx, held, scene); // judged: may be slow, writes nothing
    const isHalf = await isFirstHalf(ctx, challenge, kind);
    return await inShortTransaction(ctx, async (tx) =>
      then(tx, await (isHalf ? grantHalf : grant)(tx, consumed, burn)),
    );
  } catch (error) {
    const wasJudged = await refundAnswerTry(ctx, consumed, error);
    if (!wasJudged || !(error instanceof DomainError)) throw error;
    await noteRefusal(ctx, consumed, error);
    throw consumed.triesLeft === 1
      ? new DomainError(error.id, { ...error.more, besides: "challenge.one_left" })
      : error;
  }
}

/** The password alone renews the proof of an account that has nothing else; beside a code by e-mail it is the first half. After an alarm the factor is, beside a recovery code. */
async function isFirstHalf(ctx: Ctx, { userId, reason }: Challenge, kind: FactorKind): Promise<boolean> {
  if (reason === closedPassword) return kind !== fallback;
  return kind === firstDoor && (await countActive(ctx, userId)) > 0;
}

async function grantHalf(tx: RawCtx, { challenge, kind, keys }: ConsumedTry, burn: Burn): Promise<Answered> {
  if (!(await noteFirstHalf(tx, challenge.id, traits[kind].amr))) throw new DomainError("challenge.expired");
  const { used, field } = strategies[kind];
  if (!(await burn(tx))) throw new DomainError(used, { field, replay: true });
  const { id, userId, purpose, returnTo, sessionId } = challenge;
  if (sessionId !== null) await refundStepUpTry(tx, sessionId); // five failures end a session, and this was none
  await recordEvent(tx, {
    name: "challenge.half_answered",
    subjectId: userId,
    meta: { challenge: id, purpose, kind },
  });
  await resetTries(tx, { consumed: keys, answered: keys });
  return { purpose: "HALF", userId, returnTo, reveal: null };
}

/** Every decision is the row count of a conditional write; the first statement takes the challenge. */
async function grant(tx: RawCtx, { challenge, kind, keys }: ConsumedTry, burn: Burn): Promise<Answered> {
  const { id, userId, purpose, returnTo } = challenge;
  const satisfied = await satisfyChallenge(tx, id, {
    state: purpose === "STEP_UP" ? "CONSUMED" : "SATISFIED",
    kind,
    step: null,
    until: purpose === "RESET" ? later(tx.now, policy.reset.chooseWithin) : null,
  });
  if (!satisfied) throw new DomainError("challenge.expired");
  const burnt = await burn(tx);
  const { used, field } = strategies[kind];
  if (!burnt) throw new DomainError(used, { field, replay: true });
  await spendLink(tx, challenge);
  await recordEvent(tx, {
    name: "challenge.answered",
    subjectId: userId,
    meta: { challenge: id, purpose, kind },
  });
  const reveal = burnt.reveal ?? null;
  const reset = () => resetTries(tx, { consumed: satisfied.consumed, answered: keys });
  if (purpose !== "STEP_UP" || challenge.sessionId === null) {
    await reset();
    const whose = { userId, returnTo, reveal };
    if (purpose === "RESET") return { purpose, ...whose };
    return { purpose: "LOGIN", ...whose, mayTrust: kindsToTrust(challenge, tx.now).includes(kind) };
  }
  const sessionToken = await refreshProof(tx, { sessionId: challenge.sessionId, userId, kind });
  if (sessionToken === null) throw new DomainError("challenge.expired");
  await reset(); // sessions before counters, as in every change to factors: two at once may wait, never for each other
  return { purpose: "STEP_UP", userId, returnTo, reveal, sessionToken };
}

/** A reset spends the letter's link with the right answer: wrong ones cost none of it, and of two challenges of one link one goes on. */
async function spendLink(tx: RawCtx, { linkId, userId }: Challenge): Promise<void> {
  if (linkId !== null && !(await spendResetLink(tx, { id: linkId, userId })))
    throw new DomainError("challenge.expired");
}

/**
 * Records the refusal; the last try kills the challenge, and the last of a step-up ends its session. First what it ends, then what it writes down: no
 * record that fails may leave a challenge or a session alive.
 */
async function noteRefusal(ctx: Ctx, consumed: ConsumedTry, error: DomainError): Promise<void> {
  const { challenge, kind, triesLeft } = consumed;
  const { id, userId, purpose, sessionId } = challenge;
  const isOver = triesLeft <= 0 && error.id !== "challenge.expired";
  const hasDied = isOver && (await killChallenge(ctx, id));
  if (isOver && purpose === "STEP_UP" && sessionId !== null)
    await endRefusedSession(ctx, { sessionId, userId, why: "step_up_failed" });
  await recordRefusal(ctx, challenge, kind, error.id);
  await recordClosing(ctx, consumed, error);
  if (purpose === "LOGIN" && error.id === strategies[kind].wrong && error.more.replay !== true)
    await noticeWrongStep(ctx, { userId, challengeId: id, keys: consumed.keys });
  if (hasDied)
    await recordRefused(ctx, {
      name: "challenge.died",
      result: "refused",
      subjectId: userId,
      meta: { challenge: id, purpose },
    });
}
