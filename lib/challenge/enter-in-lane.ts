import { recordEvent } from "@/lib/audit/record-event";
import { type Answered, answerChallengeAnd } from "@/lib/challenge/answer-challenge";
import type { Challenge, Pass } from "@/lib/challenge/challenge";
import { claimLogin, claimWithin, type Opened } from "@/lib/challenge/claim-login";
import { confirmAtLoginAnd } from "@/lib/challenge/enrol-at-login";
import { findEnrollable } from "@/lib/challenge/enrollable";
import { findLiveChallenge, killChallenge, payClaim } from "@/lib/challenge/store";
import type { Ctx, RawCtx } from "@/lib/context/context";
import { type FactorKind, isBoundKind } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import { findPending } from "@/lib/factors/store";
import type { Answer } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";

type Entering = {
  readonly pass: Pass;
  readonly kind: FactorKind;
  readonly answer: Answer;
  /** What a factor is called that this answer binds. */
  readonly label: string;
};

/** A session, and words to show this person once: the replacement of a recovery code. */
export type Entered = { readonly opened: Opened; readonly reveal: readonly string[] };

/**
 * The second door of an app's login, where one call does what two requests of a browser do: the answer, and the session that it opens, in one
 * transaction. Three things can be said here: an answer; the code that binds what was begun in this login, where policy demands a factor
 * and there is none; and once more the very code that bound it a moment ago, for which this same login gets its session.
 * Throws `challenge.expired`, the kind's own sentences, `throttle.*`, `hash.busy`. Wrong, absent and foreign read the same.
 */
export async function enterInLane(ctx: Ctx, entering: Entering): Promise<Entered> {
  const { pass, kind, answer } = entering;
  const challenge = await findLiveChallenge(ctx, pass);
  if (challenge?.purpose !== "LOGIN") throw new DomainError("challenge.expired");
  if (challenge.state === "SATISFIED") return claimAgain(ctx, challenge, entering);
  const then = (tx: RawCtx, answered: Answered) => claimAnswered(tx, pass, answered);
  if (!(await isBinding(ctx, challenge, kind)))
    return answerChallengeAnd(ctx, { pass, kind, answer, sessionId: null }, then);
  const { label } = entering;
  return confirmAtLoginAnd(
    ctx,
    { pass, kind: boundKind(kind), answer, label, defaultLabel: label, showsNoCodes: true },
    then,
  );
}

async function claimAnswered(tx: RawCtx, pass: Pass, { reveal }: Answered): Promise<Entered> {
  const opened = await claimWithin(tx, pass);
  if (!opened) throw new DomainError("challenge.expired");
  return { opened, reveal };
}

/** A kind that is posted is bound by the same call that answers with it. */
async function isBinding(ctx: Ctx, challenge: Challenge, kind: FactorKind): Promise<boolean> {
  if (!isBoundKind(kind) || strategies[kind].delivery === null) return false;
  if (!(await findPending(ctx, { userId: challenge.userId, begunIn: challenge.id }, kind))) return false;
  return (await findEnrollable(ctx, challenge)).includes(kind);
}

function boundKind(kind: FactorKind) {
  if (!isBoundKind(kind)) throw new DomainError("challenge.expired");
  return kind;
}

/**
 * The login was satisfied by a confirmation whose answer never reached the app. The same code of the same step, under the same token, claims
 * what it has opened: no code is accepted twice. Any other costs one of the login's tries.
 */
async function claimAgain(ctx: Ctx, challenge: Challenge, { pass, kind, answer }: Entering): Promise<Entered> {
  const { id, userId, satisfiedWith, satisfiedStep } = challenge;
  const { isAnswerOf, held, wrong, readAnswer } = strategies[kind];
  readAnswer(answer); // free: malformed costs nothing
  const paid = await payClaim(ctx, id);
  if (!paid) throw new DomainError("challenge.expired");
  const isSame = satisfiedStep !== null && isAnswerOf?.(await held(ctx, userId), answer, satisfiedStep) === true;
  if (satisfiedWith !== kind || !isSame) {
    if (paid.attemptsLeft === 0 && (await killChallenge(ctx, id, "SATISFIED"))) {
      const meta = { challenge: id, purpose: challenge.purpose };
      await recordEvent(ctx, { name: "challenge.died", result: "refused", subjectId: userId, meta });
    }
    throw new DomainError(wrong, { field: "code" });
  }
  const opened = await claimLogin(ctx, pass);
  if (!opened) throw new DomainError("challenge.expired");
  return { opened, reveal: [] };
}
