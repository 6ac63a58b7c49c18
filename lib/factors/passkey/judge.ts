import { config } from "@/lib/config/config";
import { askedNames } from "@/lib/config/passkey-settings";
import type { Ctx, RawCtx } from "@/lib/context/context";
import { openSecretOrTell } from "@/lib/crypto/factor-secret";
import type { Factor } from "@/lib/factors/factor";
import type { Assertion } from "@/lib/factors/passkey/answer";
import { openKey, type PasskeyData, readPasskeyData } from "@/lib/factors/passkey/data";
import { userHandleOf } from "@/lib/factors/passkey/handles";
import { relyingParty } from "@/lib/factors/passkey/relying-party";
import { noteUse } from "@/lib/factors/passkey/store";
import { type Asserted, verifyAssertion, type WhyNot } from "@/lib/factors/passkey/verify";
import type { Burn } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";
import { logLine } from "@/lib/kernel/log";
import { recordAndTell, recordRefusedAndTell } from "@/lib/notices/record-and-tell";

export const field = "credential";

type Question = {
  readonly answer: Assertion;
  readonly challenges: readonly string[];
  /** Asked for without a name: the answer must say whose it is. */
  readonly namesPerson: boolean;
  readonly needsVerification: (data: PasskeyData) => boolean;
  /** It is asked for behind a password. */
  readonly isSecond?: boolean;
};

/** An answer that was right: what it says, and how it is spent. */
export type Judged = { readonly data: PasskeyData; readonly asserted: Asserted; readonly burn: Burn };

/**
 * Judges an answer against one passkey. Throws `passkey.unverified` where its person should have been verified, else `passkey.wrong`, which says
 * nothing of why: that stands in the log.
 */
export async function judgeAgainst(ctx: Ctx, factor: Factor, question: Question): Promise<Judged> {
  const [key, data] = [openKey(factor), readPasskeyData(factor.data)];
  if (!key || !data) throw unreadable(ctx, [factor]);
  const { answer, challenges, namesPerson, needsVerification, isSecond = false } = question;
  const outcome = await verifyAssertion({
    expected: { challenges, origin: relyingParty().origin, names: askedNames(config().relyingParty) },
    answer,
    key,
    data,
    userHandle: userHandleOf(factor.userId),
    namesPerson,
    needsVerification: needsVerification(data),
  });
  if (!outcome.ok) throw refusalOf(ctx, outcome.why);
  const isBehind = isCounterBehind(data.counter, outcome.counter);
  if (isBehind && !data.backupEligible) throw await copied(ctx, factor);
  return { data, asserted: outcome, burn: burnOf(factor, outcome, { isBehind, isSecond }) };
}

/** An equal counter is behind too, but of authenticators that keep none (WebAuthn level 3, 6.1.1). Pure. */
export const isCounterBehind = (last: number, now: number): boolean => (last > 0 || now > 0) && now <= last;

/** The error that a person reads; why stands in the log, so that an operator sees a wrong origin behind a proxy, for instance. */
export function refusalOf(ctx: Ctx, why: WhyNot): DomainError {
  logLine("info", "passkey.refused", { requestId: ctx.requestId, why });
  return new DomainError(why === "not verified" ? "passkey.unverified" : "passkey.wrong", { field });
}

/** None of these can be judged: whose do not open are told to the operator. */
export function unreadable(ctx: Ctx, factors: readonly Factor[]): DomainError {
  for (const factor of factors) openSecretOrTell(factor);
  return refusalOf(ctx, "unreadable");
}

type Copied = Pick<Factor, "id" | "userId" | "label">;

const aboutCopy = (factor: Copied, isAccepted: boolean) =>
  ({
    event: {
      name: "passkey.counter_behind",
      result: isAccepted ? "ok" : "refused",
      subjectId: factor.userId,
      meta: { factor: factor.id },
    },
    facts: { label: factor.label },
  }) as const;

/** A key that may be in several places counts in each: its answer is taken, and its owner hears of it. */
export const tellOfCopy = (tx: RawCtx, factor: Copied): Promise<void> =>
  recordAndTell(tx, { ...aboutCopy(factor, true) });

/** A key that can be in one place only, and was used in another: its owner hears of it, although nothing was opened. The one thing that judging writes down. */
async function copied(ctx: Ctx, factor: Factor): Promise<DomainError> {
  await recordRefusedAndTell(ctx, { ...aboutCopy(factor, false) });
  return refusalOf(ctx, "signature");
}

type Where = { readonly isBehind: boolean; readonly isSecond: boolean };

function burnOf(factor: Factor, { counter, backedUp, verified }: Asserted, { isBehind, isSecond }: Where): Burn {
  return async (tx) => {
    if (!(await noteUse(tx, factor, { counter, backedUp, serves: isSecond && verified }))) return null;
    if (isBehind) await tellOfCopy(tx, factor);
    return {};
  };
}
