import { type Answered, answerChallengeAnd } from "@/lib/challenge/answer-challenge";
import type { Pass } from "@/lib/challenge/challenge";
import { openChallenge } from "@/lib/challenge/open-challenge";
import { findNewPassword } from "@/lib/challenge/reset/store";
import { findLiveChallenge } from "@/lib/challenge/store";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { blindIndex } from "@/lib/crypto/index-keys";
import { findHeldKinds } from "@/lib/factors/held-kinds";
import { spendCode } from "@/lib/factors/sent-code/store";
import type { Answer } from "@/lib/factors/strategy";
import { ensure } from "@/lib/kernel/assert";
import { DomainError } from "@/lib/kernel/errors";
import { formerIdentifier } from "@/lib/kernel/identifier";
import { readOneTimeCode } from "@/lib/kernel/typed-code";
import { policy } from "@/lib/policy/policy";
import type { FactorKind } from "@/lib/policy/traits";
import { ofReset } from "@/lib/resets/open-reset";
import { findResetCode, resetPurpose } from "@/lib/resets/reset-code";
import { findResetWay } from "@/lib/resets/reset-way";
import { mayReset } from "@/lib/resets/resettable";
import { concludeWith } from "@/lib/resets/set-new-password";
import { unknownSubject } from "@/lib/throttle/bucket";
import { consumingAddress } from "@/lib/throttle/consume-address";
import { consumingTry } from "@/lib/throttle/consume-try";
import { openHashOf } from "@/lib/users/check-password";
import { hashed } from "@/lib/users/hashed";
import { loginIdentifier } from "@/lib/users/login-identifier";
import { checkNewPassword } from "@/lib/users/password-rules";
import { findAccountByIdentifier } from "@/lib/users/store";
import type { Account } from "@/lib/users/user";

type Asked = {
  readonly email: string;
  /** From the letter. */
  readonly code: string;
  /** As it was typed, or how to open it where it came encrypted. */
  readonly password: string | (() => Promise<string>);
  readonly app: string;
};

/** `isSet`: nothing more was asked. Otherwise the second factor comes next, and the password waits, sealed, behind `pass`. */
export type AskedByApp = {
  readonly userId: string;
  readonly pass: Pass;
  readonly isSet: boolean;
  readonly account: Account;
};

/**
 * A forgotten password through an app, which has no page of ours to choose one on: the code from the letter and the new password in one call. With a factor bound
 * nothing changes yet; the answer that follows on the same mfaToken sets the password (`answerResetByApp`). Unknown, wrong and late read the same.
 * Throws `email.wrong_code`, `reset.by_operator`, `password.*`, `throttle.too_many`, `hash.busy`.
 */
export function resetByApp(ctx: Ctx, asked: Asked): Promise<AskedByApp> {
  return consumingAddress(ctx, "forgot", async () => {
    const identifier = loginIdentifier(asked.email);
    const account = await findAccountByIdentifier(ctx, identifier, formerIdentifier(asked.email));
    const of = account?.id ?? unknownSubject(blindIndex("mac:identifier", [identifier]));
    return consumingTry(ctx, { rule: "reset.code", of }, () => judge(ctx, account, asked));
  });
}

async function judge(ctx: Ctx, account: Account | null, asked: Asked): Promise<AskedByApp> {
  const { code: typed, password: given, app } = asked;
  const code = readOneTimeCode(typed, policy.reset.codeDigits);
  const codeId = code === null ? null : await findResetCode(ctx, account, { app, code });
  if (codeId === null || account === null || !(await mayReset(ctx, account))) throw wrong();
  const kinds = await findHeldKinds(ctx, { userId: account.id, deviceId: null });
  const way = await findResetWay(ctx, account, kinds);
  if (way === "operator") throw new DomainError("reset.by_operator");
  const password = typeof given === "string" ? given : await given();
  await checkNewPassword(password, account, ctx.now);
  const passwordHash = await hashed(ctx, account.id, password);
  return inTransaction(ctx, async (tx) => {
    if (!(await spendCode(tx, codeId, resetPurpose(app)))) throw wrong();
    const { id: userId, credentialVersion } = account;
    const isSet = way === "alone";
    const pass = await openChallenge(tx, {
      ...ofReset,
      userId,
      credentialVersion,
      deviceId: null,
      clientId: app,
      state: isSet ? "SATISFIED" : "OPEN",
      newPassword: isSet ? null : passwordHash,
    });
    if (isSet) await (await concludeWith(tx, pass, passwordHash)).tell(0);
    return { userId, pass, isSet, account };
  });
}

const wrong = () => new DomainError("email.wrong_code");

type Answering = { readonly pass: Pass; readonly kind: FactorKind; readonly answer: Answer };

/**
 * The second factor of such a reset, and with it, in one transaction, the password that waited. No session comes from it. Null: the pass names no open reset.
 * Throws what `answerChallenge` throws.
 */
export async function answerResetByApp(ctx: Ctx, answering: Answering): Promise<Answered | null> {
  const { pass } = answering;
  const challenge = await findLiveChallenge(ctx, pass);
  if (challenge?.purpose !== "RESET" || challenge.state !== "OPEN") return null;
  const passwordHash = await findNewPassword(ctx, challenge.id);
  if (passwordHash === null) return null;
  const waiting = { column: "challenges.new_password", id: challenge.id, sealed: passwordHash } as const;
  if (openHashOf(challenge.userId, waiting) === null) throw new DomainError("challenge.expired"); // or nobody's password would be theirs
  return answerChallengeAnd(ctx, { ...answering, sessionId: null, challenge }, async (tx, answered) => {
    const { userId, tell } = await concludeWith(tx, pass, passwordHash);
    ensure(userId === answered.userId, "a reset is of whose challenge it is");
    await tell(0);
    return answered;
  });
}
