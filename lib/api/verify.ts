import * as z from "zod";
import { apiCodes } from "@/lib/api/codes";
import { fullNumber } from "@/lib/api/full-number";
import { type CalledKind, called, kindNames } from "@/lib/api/kind-words";
import { type Caller, operation, optionalText, typedCode } from "@/lib/api/operation";
import { done, type Reply } from "@/lib/api/reply";
import { recoveredShape, userShape } from "@/lib/api/shapes";
import { userView } from "@/lib/api/user-view";
import { openedUser, passOf, profileOf } from "@/lib/api/who";
import { enterByApi } from "@/lib/challenge/enter-by-api";
import { findLogin, mayBindAtLogin } from "@/lib/challenge/read-api-ways";
import type { Answer } from "@/lib/factors/strategy";
import { DomainError } from "@/lib/kernel/errors";
import { say } from "@/lib/messages/say";
import { answerResetByApp } from "@/lib/resets/reset-by-app";

/** The second door: an answer, and in the same transaction the session that it opens, or the password that waited for it; then the user has no token. */
async function enter(caller: Caller, kind: CalledKind, answer: Answer): Promise<Reply> {
  const { ctx } = caller;
  const name = kindNames[kind];
  const label = name === null ? "" : say(ctx.language, name);
  const pass = passOf(caller);
  const entered = await enterByApi(ctx, { pass, kind, answer, label }).catch(async (refusal: unknown) => {
    if (!(refusal instanceof DomainError) || refusal.id !== "challenge.expired") throw refusal;
    const reset = await answerResetByApp(ctx, { pass, kind, answer });
    if (reset === null) throw refusal; // neither a login nor a reset
    return { userId: reset.userId, opened: null, reveal: reset.reveal };
  });
  const user =
    entered.opened === null
      ? userView(await profileOf(caller, entered.userId), null)
      : await openedUser(caller, entered.opened);
  const recoveryCode = entered.reveal?.codes[0];
  if (recoveryCode === undefined) return done("wire.verified", user);
  return { ...done("wire.verified", { ...user, recoveryCode }), recoveryCode };
}

export const verifyTotp = operation({
  name: "verifyTotpMfa",
  summary: "Second step with the code of an authenticator app.",
  needs: "mfaToken",
  output: userShape,
  input: z.object({ totp: typedCode }),
  refuses: [apiCodes.wrongTotp, apiCodes.totpMissing],
  act: async (caller, { totp }) => {
    if (totp !== undefined) return enter(caller, called.app, { code: totp });
    await findLogin(caller.ctx, passOf(caller)); // a dead token is told before a missing code
    throw new DomainError("wire.code_missing");
  },
});

export const verifyRecovery = operation({
  name: "verifyTotpRecoveryCode",
  summary: "Second step with a recovery code, which is replaced.",
  needs: "mfaToken",
  output: recoveredShape,
  input: z.object({ recoveryCode: typedCode }),
  refuses: [apiCodes.wrongRecovery, apiCodes.recoveryMissing],
  act: async (caller, { recoveryCode }) => {
    if (recoveryCode !== undefined) return enter(caller, called.saved, { code: recoveryCode });
    await findLogin(caller.ctx, passOf(caller));
    throw new DomainError("wire.recovery_missing");
  },
});

export const verifySms = operation({
  name: "verifyAppSmsMfa",
  summary: "Second step with a code by text message; binds the number where one is being bound.",
  needs: "mfaToken",
  output: userShape,
  refuses: [apiCodes.wrongCode],
  input: z.object({ phone: optionalText, phoneCountryCode: optionalText, code: typedCode }),
  act: (caller, { phone, phoneCountryCode, code }) =>
    enter(caller, called.message, { code: code ?? "", ...named(phone && fullNumber(phone, phoneCountryCode)) }),
});

export const verifyEmail = operation({
  name: "verifyAppEmailMfa",
  summary: "Second step with a code by e-mail; binds the address where one is being bound.",
  needs: "mfaToken",
  output: userShape,
  refuses: [apiCodes.wrongCode],
  input: z.object({ email: optionalText, code: typedCode }),
  act: (caller, { email, code }) => enter(caller, called.mail, { code: code ?? "", ...named(email) }),
});

/** An address in a request is a claim, to be compared with ours; an empty one is none. */
const named = (address: string | undefined): Answer => (address ? { to: address.slice(0, 320) } : {});

export const checkBindable = operation({
  name: "phoneOrEmailBindable",
  summary: "Whether this login may bind a number or address; says nothing of other accounts.",
  needs: "mfaToken",
  output: z.boolean(),
  refuses: [],
  input: z
    .object({ phone: optionalText, phoneCountryCode: optionalText, email: optionalText })
    .refine(({ phone, email }) => phone !== undefined || email !== undefined),
  act: async (caller, { phone, phoneCountryCode, email }) => {
    const pass = passOf(caller);
    const asked = [
      ...(phone === undefined
        ? []
        : [{ kind: called.message, given: { destination: fullNumber(phone, phoneCountryCode) } }]),
      ...(email === undefined ? [] : [{ kind: called.mail, given: { destination: email } }]),
    ];
    const answers: boolean[] = [];
    for (const each of asked) answers.push(await mayBindAtLogin(caller.ctx, { pass, ...each }));
    return done(
      "wire.done",
      answers.every((isBindable) => isBindable),
    );
  },
});
