import * as z from "zod";
import type { Ctx } from "@/lib/context/context";
import { takePlace } from "@/lib/crypto/hashing-gate";
import type { Factor } from "@/lib/factors/factor";
import { type Burn, type FactorStrategy, readAnswerWith } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";
import { policy } from "@/lib/policy/policy";
import { isAccountPassword } from "@/lib/users/check-password";
import { findAccount } from "@/lib/users/store";

const field = "password";
const schema = z.strictObject({ password: z.string().min(1).max(policy.password.maximumBytes) });

/** The password as a step-up proof: of an account that has nothing else, and beside a code by e-mail. Typing it again spends nothing. */
export const passwordStrategy: FactorStrategy = {
  field,
  wrong: "password_proof.wrong",
  used: "password_proof.wrong",
  enrolment: null,
  prepare: null,
  describe: () => null,
  held,
  readAnswer: readAnswerWith({ schema, malformed: "password_proof.malformed", field, judge }),
};

async function held(ctx: Ctx, userId: string): Promise<readonly Factor[]> {
  const base = {
    id: userId,
    userId,
    kind: "password",
    label: "",
    secret: null,
    handle: null,
    data: null,
    lastStep: null,
    lastUsedAt: null,
  };
  return [{ ...base, confirmedAt: ctx.now, createdAt: ctx.now, expiresAt: null, replacesId: null }];
}

async function judge(ctx: Ctx, holding: readonly Factor[], answer: z.output<typeof schema>): Promise<Burn> {
  const account = holding[0] ? await findAccount(ctx, holding[0].userId) : null;
  const place = await takePlace(ctx.now);
  try {
    if (!(await isAccountPassword(ctx, account, answer.password)))
      throw new DomainError("password_proof.wrong", { field });
    return async () => ({});
  } finally {
    place.leave();
  }
}
