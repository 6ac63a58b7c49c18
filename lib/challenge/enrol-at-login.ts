import { recordEvent, recordRefused } from "@/lib/audit/record-event";
import type { Answered } from "@/lib/challenge/answer-challenge";
import type { Challenge, Pass } from "@/lib/challenge/challenge";
import { prolongChallenge, restampChallenge } from "@/lib/challenge/claim/store";
import { askBindable, findEnrollable } from "@/lib/challenge/enrollable";
import { preparedView } from "@/lib/challenge/read-challenge";
import {
  consumeChallengeTry,
  findLiveChallenge,
  killChallenge,
  refundChallengeTry,
  satisfyChallenge,
} from "@/lib/challenge/store";
import type { PreparedView } from "@/lib/challenge/view";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { type Binder, beginEnrolment } from "@/lib/factors/begin-enrolment";
import { bindFactor, type Proven, provePending, refundProof } from "@/lib/factors/bind-factor";
import { readLabel } from "@/lib/factors/label";
import { findPendingView } from "@/lib/factors/list-factors";
import { strategies } from "@/lib/factors/registry";
import { sendAgain } from "@/lib/factors/send-again";
import { countActive, findPending } from "@/lib/factors/store";
import type { Answer } from "@/lib/factors/strategy";
import type { PendingView } from "@/lib/factors/view";
import { later } from "@/lib/kernel/duration";
import { DomainError } from "@/lib/kernel/errors";
import { unlessOurFault } from "@/lib/kernel/our-fault";
import { clientTraits } from "@/lib/policy/clients";
import { policy } from "@/lib/policy/policy";
import type { BoundKind } from "@/lib/policy/traits";

type AtLogin = {
  readonly pass: Pass;
  readonly kind: BoundKind;
  /** The pending factor that the form was shown for; none: the one that waits. */
  readonly pendingId?: string | null;
};

/** The login that may bind this kind. Throws `challenge.expired`, also for a login of somebody who holds a factor. */
async function enrolling(ctx: Ctx, { pass, kind }: AtLogin): Promise<Challenge> {
  const challenge = await findLiveChallenge(ctx, pass);
  if (!challenge || challenge.attemptsLeft === 0 || !(await findEnrollable(ctx, challenge)).includes(kind))
    throw new DomainError("challenge.expired");
  return challenge;
}

const binderOfLogin = ({ id: begunIn, userId, email, clientId }: Challenge): Binder => ({
  userId,
  email,
  begunIn,
  sessionId: null,
  clientId,
});

type Beginning = AtLogin & { readonly given: Answer };

/** `pass`: the one that holds from now on; null: still the one that the browser has, or just got from its other window. */
type Begun = { readonly userId: string; readonly factorId: string; readonly pass: Pass | null };

/**
 * Begins to bind a factor between the two doors, for somebody who must have one and has none. The login gets, once, another token and ten
 * more minutes; neither through a client that could not be handed another. Throws `challenge.expired`, `factors.not_bindable`, and what `beginEnrolment` throws.
 */
export async function beginAtLogin(ctx: Ctx, { given, ...at }: Beginning): Promise<Begun> {
  const challenge = await enrolling(ctx, at);
  const { kind } = at;
  const { enrolment } = strategies[kind];
  enrolment?.begin(ctx, binderOfLogin(challenge), given); // free: what is malformed says so and costs nothing
  const field = enrolment?.beginsWith ?? null;
  if (field === null) return begin(ctx, challenge, { ...at, given });
  return askBindable(ctx, { challenge, kind, given }, async (mayBind) => {
    if (!mayBind) throw new DomainError("factors.not_bindable", { field });
    return begin(ctx, challenge, { ...at, given });
  });
}

async function begin(ctx: Ctx, challenge: Challenge, { kind, pass, given }: Beginning): Promise<Begun> {
  const { userId } = challenge;
  const { factorId } = await beginEnrolment(ctx, { binder: binderOfLogin(challenge), kind, replacesId: null, given });
  if (!clientTraits(challenge.clientId).rotatesToken) return { userId, factorId, pass: null };
  const tokenId = ctx.random.id();
  const expiresAt = later(ctx.now, policy.challenge.enrolling);
  const isProlonged = await prolongChallenge(ctx, challenge.id, { tokenId, expiresAt });
  return { userId, factorId, pass: isProlonged ? { ...pass, tokenId } : null };
}

/** Another code for what was begun here. Throws `challenge.expired`, `factors.enrolment_gone`, `factors.replaced_elsewhere`, `post.*`. */
export async function sendAgainAtLogin(ctx: Ctx, at: AtLogin): Promise<void> {
  const challenge = await enrolling(ctx, at);
  await sendAgain(ctx, { binder: binderOfLogin(challenge), kind: at.kind, pendingId: at.pendingId ?? null });
}

/** What was begun in this login and what was prepared for it; null when nothing waits. Writes nothing. */
export async function readAtLogin(
  ctx: Ctx,
  at: AtLogin,
): Promise<{ readonly pending: PendingView; readonly prepared: PreparedView | null } | null> {
  const challenge = await findLiveChallenge(ctx, at.pass);
  if (challenge?.state !== "OPEN") return null;
  const binder = binderOfLogin(challenge);
  const pending = await findPendingView(ctx, binder, at.kind);
  return pending ? { pending, prepared: await readPendingPrepared(ctx, binder, at.kind) } : null;
}

/** What was prepared for the code that binds the pending factor of a kind; null for kinds that need nothing. Writes nothing. */
export async function readPendingPrepared(ctx: Ctx, binder: Binder, kind: BoundKind): Promise<PreparedView | null> {
  const pending = strategies[kind].prepare ? await findPending(ctx, binder, kind) : null;
  return pending && preparedView(ctx, { kind, held: [pending], scene: { purpose: "BIND" } });
}

type Confirming = AtLogin & {
  readonly answer: Answer;
  readonly label: string;
  readonly defaultLabel: string;
};

/**
 * The right code binds the factor and completes the login in one transaction: the challenge is satisfied, the stamp rises, and the same
 * challenge goes on under it. A wrong one costs the login one of its five tries. Throws `challenge.expired`,
 * `factors.enrolment_gone`, `factors.replaced_elsewhere`, the kind's own sentences, `throttle.too_many`.
 */
export function confirmAtLogin(ctx: Ctx, confirming: Confirming): Promise<Answered> {
  return confirmAtLoginAnd(ctx, confirming, async (_, answered) => answered);
}

/** The same, and `then` in the same transaction. */
export async function confirmAtLoginAnd<T>(
  ctx: Ctx,
  confirming: Confirming,
  then: (tx: Ctx, answered: Answered) => Promise<T>,
): Promise<T> {
  const { kind } = confirming;
  const label = readLabel(confirming.label, confirming.defaultLabel);
  const challenge = await enrolling(ctx, confirming);
  const proven = await consume(ctx, challenge, confirming);
  const { userId, returnTo } = challenge;
  const answered: Answered = {
    purpose: "LOGIN",
    userId,
    returnTo,
    reveal: proven.set?.shown ?? null,
    mayTrust: false, // it was bound a moment ago: nobody has answered with it yet
  };
  const bind = () =>
    inTransaction(ctx, async (tx) => {
      await finish(tx, { challenge, kind, proven, label });
      return then(tx, answered);
    });
  return unlessOurFault(() => refundAll(ctx, challenge, proven), bind);
}

async function refundAll(ctx: Ctx, challenge: Challenge, proven: Proven): Promise<void> {
  await refundChallengeTry(ctx, challenge.id, []);
  await refundProof(ctx, proven);
}

/** A judged try costs the login one of its five; what could not be judged costs nothing. */
async function consume(ctx: Ctx, challenge: Challenge, { kind, answer, pendingId }: Confirming): Promise<Proven> {
  strategies[kind].enrolment?.readConfirmation(answer); // free: malformed costs nothing
  const consumed = await consumeChallengeTry(ctx, challenge.id, null);
  if (!consumed) throw new DomainError("challenge.expired");
  try {
    return await provePending(ctx, { binder: binderOfLogin(challenge), kind, answer, pendingId });
  } catch (error) {
    const wasJudged = error instanceof DomainError && error.id === strategies[kind].wrong;
    if (!wasJudged) await refundChallengeTry(ctx, challenge.id, []);
    else if (consumed.attemptsLeft === 0) await endLogin(ctx, challenge);
    else if (consumed.attemptsLeft === 1)
      throw new DomainError(error.id, { ...error.more, besides: "challenge.one_left" });
    throw error;
  }
}

async function endLogin(ctx: Ctx, { id, userId, purpose }: Challenge): Promise<void> {
  if (!(await killChallenge(ctx, id))) return;
  const meta = { challenge: id, purpose };
  await recordRefused(ctx, { name: "challenge.died", result: "refused", subjectId: userId, meta });
}

type Finishing = {
  readonly challenge: Challenge;
  readonly kind: BoundKind;
  readonly proven: Proven;
  readonly label: string;
};

async function finish(tx: Ctx, { challenge, kind, proven, label }: Finishing): Promise<void> {
  const { id, userId, purpose, credentialVersion: from } = challenge;
  if (!(await satisfyChallenge(tx, id, { state: "SATISFIED", kind, step: null })))
    throw new DomainError("challenge.expired");
  await bindFactor(tx, { proven, label, from, along: (done) => restampChallenge(tx, id, done) });
  if ((await countActive(tx, userId)) !== 1) throw new DomainError("challenge.expired"); // nobody else bound one meanwhile
  await recordEvent(tx, {
    name: "challenge.answered",
    subjectId: userId,
    meta: { challenge: id, purpose, kind },
  });
}
