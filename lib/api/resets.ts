import * as z from "zod";
import { apiCodes } from "@/lib/api/codes";
import { secondStep } from "@/lib/api/mfa-data";
import { operation, optionalText } from "@/lib/api/operation";
import { readPassword } from "@/lib/api/read-password";
import { done } from "@/lib/api/reply";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { readApiWays } from "@/lib/challenge/read-api-ways";
import { DomainError } from "@/lib/kernel/errors";
import { chosenPassword, line } from "@/lib/login/schema";
import { resetByApp } from "@/lib/resets/reset-by-app";

const { personalSecondStep, policySecondStep, wrongCode, forbiddenByPolicy, notOffered } = apiCodes;

/** A new password by the code of a letter. A second factor is asked for as at a login; there is no such thing by text message. */
export const resetPassword = operation({
  name: "resetPasswordByEmailCode",
  summary: "Set a forgotten password with a code by e-mail; a second step follows where a factor is bound.",
  needs: "nothing",
  output: z.undefined(),
  refuses: [personalSecondStep, policySecondStep, wrongCode, forbiddenByPolicy, notOffered],
  codes: { "reset.by_operator": forbiddenByPolicy },
  input: z.object({
    email: line.nullish(),
    phone: optionalText,
    code: z.string().max(64),
    newPassword: chosenPassword.max(1024),
  }),
  act: async ({ ctx, app }, { email, code, newPassword }) => {
    if (typeof email !== "string") throw new DomainError("wire.not_offered");
    const password = readPassword(ctx, newPassword);
    const { pass, userId, isSet, account } = await resetByApp(ctx, { email, code, password, app: app.id });
    if (isSet) return done("wire.password_set");
    const ways = await readApiWays(ctx, pass);
    return secondStep({ app, ways, mfaToken: await encodeMfaToken(pass, userId), profile: account });
  },
});
