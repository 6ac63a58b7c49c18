import * as z from "zod";
import { apiCodes } from "@/lib/api/codes";
import { operation, optionalText } from "@/lib/api/operation";
import { done } from "@/lib/api/reply";
import { loginStatusShape, refreshedShape, securityLevelShape, userShape } from "@/lib/api/shapes";
import { callingUser, openBearer, profileOf, sessionOf, settledSessionOf } from "@/lib/api/who";
import { refreshUserToken } from "@/lib/auth/api-session";
import { arnOf, poolId } from "@/lib/auth/user-token";
import { recoveryNumbers } from "@/lib/factors/recovery/numbers";
import { countUnused } from "@/lib/factors/recovery/store";
import { DomainError } from "@/lib/kernel/errors";
import { say } from "@/lib/messages/say";
import { levelOf } from "@/lib/policy/kinds";
import { endSession } from "@/lib/sessions/end-session";

const inSeconds = (moment: Date) => Math.floor(moment.getTime() / 1000);

export const currentUser = operation({
  name: "user",
  summary: "Who uses this token.",
  needs: "userToken",
  output: userShape,
  refuses: [apiCodes.proofNeeded],
  input: z.object({ id: optionalText }),
  act: async (caller, { id }) => {
    const found = await settledSessionOf(caller);
    if (id !== undefined && id !== found.session.userId) throw new DomainError("wire.not_signed_in");
    return done("wire.done", await callingUser(caller, found));
  },
});

/** The token may stand in the call instead of its header. */
export const checkLoginStatus = operation({
  name: "checkLoginStatus",
  summary: "Whether a user token is still good.",
  needs: "nothing",
  refuses: [],
  output: loginStatusShape,
  input: z.object({ token: optionalText }),
  act: async (called, { token: given }) => {
    const caller = given === undefined ? called : { ...called, ...(await openBearer(called.ctx, called.app, given)) };
    const { language } = caller.ctx;
    try {
      const { session, token } = await settledSessionOf(caller);
      const data = { id: session.userId, userPoolId: poolId, arn: arnOf(session.userId) };
      const times = { exp: inSeconds(token.expiresAt), iat: inSeconds(token.issuedAt) };
      return done("wire.done", {
        code: apiCodes.done,
        message: say(language, "wire.done"),
        status: true,
        ...times,
        data,
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const message = say(language, "wire.not_signed_in");
      return done("wire.done", {
        code: apiCodes.notSignedIn,
        message,
        status: false,
        exp: null,
        iat: null,
        data: null,
      });
    }
  },
});

export const refreshToken = operation({
  name: "refreshToken",
  summary: "Another user token for the same session; its end does not move.",
  needs: "userToken",
  refuses: [apiCodes.proofNeeded],
  output: refreshedShape,
  input: z.object({ id: optionalText }),
  act: async (caller) => {
    const fresh = await refreshUserToken(caller.ctx, caller.app.id, await settledSessionOf(caller));
    if (!fresh) throw new DomainError("wire.not_signed_in");
    const { value, token } = fresh;
    return done("wire.done", { token: value, iat: inSeconds(token.issuedAt), exp: inSeconds(token.expiresAt) });
  },
});

/** Ends the session behind the token. Without one there is nothing to end, and clients forget theirs all the same. */
export const logout = operation({
  name: "logout",
  summary: "End the session of this token.",
  needs: "userToken",
  output: z.undefined(),
  input: z.object({ app_id: optionalText.catch(undefined) }),
  refuses: [],
  act: async (caller) => {
    try {
      const { session } = await sessionOf(caller);
      await endSession(caller.ctx, { sessionId: session.id, userId: session.userId, why: "logged_out" });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error; // logged out already
    }
    return done("wire.done");
  },
});

/** Half for the password, which everybody has, two fifths for a real second factor, a tenth for enough recovery codes. */
export const securityLevel = operation({
  name: "getSecurityLevel",
  summary: "How well this account is protected.",
  needs: "userToken",
  refuses: [apiCodes.proofNeeded],
  output: securityLevelShape,
  input: z.unknown(),
  act: async (caller) => {
    const { session } = await settledSessionOf(caller);
    const mfa = session.kinds.some((word) => levelOf(word) === 2);
    const hasCodes = (await countUnused(caller.ctx, session.userId)) >= recoveryNumbers.lowWater;
    const { phone } = await profileOf(caller, session.userId);
    const score = 50 + (mfa ? 40 : 0) + (hasCodes ? 10 : 0);
    return done("wire.done", {
      score,
      email: true,
      phone: phone !== null,
      password: true,
      mfa,
      passwordSecurityLevel: null,
    });
  },
});
