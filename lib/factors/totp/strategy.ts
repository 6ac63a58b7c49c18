import { generateSecret } from "otplib";
import * as z from "zod";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { openSecret, openSecretOrTell } from "@/lib/crypto/factor-secret";
import type { Factor } from "@/lib/factors/factor";
import { claimStep, listActiveOfKind } from "@/lib/factors/store";
import { type Burn, type FactorStrategy, readAnswerWith } from "@/lib/factors/strategy";
import { driftOf, matchStep, momentOf } from "@/lib/factors/totp/code";
import { totpNumbers } from "@/lib/factors/totp/numbers";
import { otpauthUri } from "@/lib/factors/totp/otpauth-uri";
import { isUsable } from "@/lib/factors/usable";
import { showEmail } from "@/lib/kernel/email-address";
import { DomainError } from "@/lib/kernel/errors";
import { readOneTimeCode } from "@/lib/kernel/typed-code";

const code = z
  .string()
  .transform((typed) => readOneTimeCode(typed, totpNumbers.digits))
  .pipe(z.string());

const schema = z.strictObject({ code });
const malformed = "totp.malformed";
const field = "code";

/** Time-based one-time passwords of an authenticator app (TOTP, RFC 6238). A code of a time step that was answered before is a replay (5.2). One code is tried against every app of the account; each app remembers its own last step. */
export const totpStrategy: FactorStrategy = {
  field,
  wrong: "totp.wrong_code",
  used: "totp.already_used",
  enrolment: {
    perPerson: totpNumbers.perPerson,
    beginsWith: null,
    begin: () => ({ secret: generateSecret({ length: totpNumbers.secretBytes }) }),
    show: (secret, { email }) => ({
      secret,
      uri: otpauthUri({ issuer: config().brand.name, account: showEmail(email), secret }),
    }),
    readConfirmation: readAnswerWith({ schema, malformed, field, judge: judgeConfirmation }),
  },
  prepare: null,
  describe: () => null,
  held: async (ctx, userId) => (isUsable("totp") ? listActiveOfKind(ctx, userId, "totp") : []),
  readAnswer: readAnswerWith({ schema, malformed, field, judge }),
  isAnswerOf: (held, answer, step) => {
    const parsed = schema.safeParse(answer);
    const code = parsed.success ? parsed.data.code : "";
    const own = held.filter(({ lastStep }) => lastStep === step).flatMap((factor) => openSecret(factor) ?? []);
    return own.filter((secret) => matchStep(secret, code, momentOf(step), 0) === step).length > 0;
  },
};

async function judge(ctx: Ctx, held: readonly Factor[], answer: z.output<typeof schema>): Promise<Burn> {
  let wasUsed = false;
  for (const factor of held) {
    const step = stepOf(ctx, factor, answer.code);
    if (step === null) continue;
    if (factor.lastStep === null || step > factor.lastStep) return burnStep(factor, step);
    wasUsed = true;
  }
  throw wasUsed
    ? new DomainError("totp.already_used", { field, replay: true })
    : new DomainError("totp.wrong_code", { field });
}

/** At enrolment, and only there, a code from a clock up to ten minutes off is told apart from a wrong one. It is refused all the same. */
async function judgeConfirmation(ctx: Ctx, held: readonly Factor[], answer: z.output<typeof schema>): Promise<Burn> {
  const pending = held[0];
  const secret = pending ? openSecretOrTell(pending) : null;
  if (!pending || secret === null) throw new DomainError("totp.wrong_code", { field });
  const step = matchStep(secret, answer.code, ctx.now, config().totpWindow);
  if (step !== null) return burnStep(pending, step);
  const drift = driftOf(secret, answer.code, ctx.now, totpNumbers.driftAtEnrolment);
  if (drift === null) throw new DomainError("totp.wrong_code", { field });
  const minutes = Math.max(1, Math.round(Math.abs(drift) / 60_000));
  throw new DomainError(drift < 0 ? "totp.clock_behind" : "totp.clock_ahead", { field, params: { minutes } });
}

function stepOf(ctx: Ctx, factor: Factor, typed: string): number | null {
  const secret = openSecretOrTell(factor);
  return secret === null ? null : matchStep(secret, typed, ctx.now, config().totpWindow);
}

function burnStep(factor: Factor, step: number): Burn {
  return async (tx) => ((await claimStep(tx, factor, step)) ? { step } : null);
}
