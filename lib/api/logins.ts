import * as z from "zod";
import { apiCodes } from "@/lib/api/codes";
import { secondStep } from "@/lib/api/mfa-data";
import { type Caller, type Operation, operation, optionalText } from "@/lib/api/operation";
import { readPassword, sentPassword } from "@/lib/api/read-password";
import { done, type Reply } from "@/lib/api/reply";
import { userShape } from "@/lib/api/shapes";
import { openedUser } from "@/lib/api/who";
import { encodeMfaToken } from "@/lib/auth/mfa-token";
import { claimLogin } from "@/lib/challenge/claim-login";
import { readApiWaysBegun } from "@/lib/challenge/read-api-ways";
import { readAddress } from "@/lib/kernel/address";
import { DomainError } from "@/lib/kernel/errors";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { line } from "@/lib/login/schema";
import { consumingTry } from "@/lib/throttle/consume-try";

type Login = {
  readonly identifier: string;
  /** As it arrived: plain, or encrypted where the portal offers that. */
  readonly password: string;
  readonly clientIp: string | undefined;
};

/**
 * The first door of an app: the same as the portal's, the same counters. A session where there is nothing to answer; else 1635 or 1636 with an
 * mfaToken that is good for this app alone.
 */
const logIn = (caller: Caller, given: Login): Promise<Reply> =>
  asVisitor(caller, given.clientIp, (visitor) => knock(visitor, given));

async function knock(caller: Caller, { identifier, password }: Login): Promise<Reply> {
  const { ctx, app } = caller;
  const credentials = { identifier, password: readPassword(ctx, password), deviceToken: null, returnTo: "/" };
  const begun = await logInWithPassword(ctx, { ...credentials, app });
  const { pass, next, userId, account } = begun;
  if (next === "claim") {
    const opened = await claimLogin(ctx, pass);
    if (!opened) throw new DomainError("challenge.expired");
    return done("wire.done", await openedUser(caller, opened));
  }
  const ways = await readApiWaysBegun(ctx, { ...begun, app });
  return secondStep({ app, ways, mfaToken: await encodeMfaToken(pass, userId), profile: account });
}

type Act = (visitor: Caller) => Promise<Reply>;

/**
 * Whose address is counted: the caller's. Behind an app's own server that is everybody's, so there the visitor's is what the call says;
 * when it says none, a try of the app's own window is consumed instead of the address's.
 */
async function asVisitor(caller: Caller, clientIp: string | undefined, act: Act): Promise<Reply> {
  const { ctx, app } = caller;
  if (ctx.visitor.isShared !== true) return act(caller);
  const ip = clientIp === undefined ? null : readAddress(clientIp);
  if (ip !== null) return act({ ...caller, ctx: { ...ctx, visitor: { ip, agent: ctx.visitor.agent } } });
  return consumingTry(ctx, { rule: "app.server", of: app.id }, () => act(caller));
}

const common = { password: sentPassword, clientIp: optionalText };

const { personalSecondStep, policySecondStep, wrongPassword, mfaTokenOver, notOffered: noRsa } = apiCodes;
const loginRefuses = [personalSecondStep, policySecondStep, wrongPassword, mfaTokenOver, noRsa];

/** One operation for each name that clients have for a login name. */
const login = (name: string, summary: string, input: z.ZodType<Login>): Operation =>
  operation({ name, summary, needs: "nothing", output: userShape, refuses: loginRefuses, input, act: logIn });

export const loginByEmail = login(
  "loginByEmail",
  "Log in with an e-mail address and a password.",
  z.object({ email: line, ...common }).transform(({ email: identifier, ...rest }) => ({ identifier, ...rest })),
);

export const loginByUsername = login(
  "loginByUsername",
  "Log in with a user name and a password.",
  z.object({ username: line, ...common }).transform(({ username: identifier, ...rest }) => ({ identifier, ...rest })),
);

export const loginByPhone = login(
  "loginByPhonePassword",
  "Log in with a phone number and a password.",
  z.object({ phone: line, ...common }).transform(({ phone: identifier, ...rest }) => ({ identifier, ...rest })),
);

export const loginByAccount = login(
  "loginByAccount",
  "Log in with any login name and a password.",
  z.object({ account: line, ...common }).transform(({ account: identifier, ...rest }) => ({ identifier, ...rest })),
);
