import * as z from "zod";
import { changePassword } from "@/lib/account/change-password";
import { apiCodes } from "@/lib/api/codes";
import { type Caller, operation, optionalText } from "@/lib/api/operation";
import { readPassword, sentPassword } from "@/lib/api/read-password";
import { done } from "@/lib/api/reply";
import { strengthShape, userShape } from "@/lib/api/shapes";
import { callingUser, freshSettledSessionOf } from "@/lib/api/who";
import { findApiSession } from "@/lib/auth/api-session";
import { DomainError } from "@/lib/kernel/errors";
import { say, sayAny } from "@/lib/messages/say";
import { actorOf } from "@/lib/sessions/acting-session";
import { checkNewPassword, type PasswordOwner } from "@/lib/users/password-rules";

/** Exchanges the password; every other session ends, and the token that asked goes on. */
export const updatePassword = operation({
  name: "updatePassword",
  summary: "Exchange the password for another one. Needs the old one, and a fresh login.",
  needs: "userToken",
  output: userShape,
  refuses: [apiCodes.proofNeeded, apiCodes.wrongPassword, apiCodes.notOffered],
  input: z.object({ newPassword: sentPassword, oldPassword: optionalText }),
  codes: { "password.wrong_current": apiCodes.wrongPassword, "password.logged_out": apiCodes.notSignedIn },
  act: async (caller, { newPassword, oldPassword }) => {
    const { ctx } = caller;
    const found = await freshSettledSessionOf(caller);
    if (!oldPassword) throw new DomainError("password.wrong_current");
    const [current, next] = [readPassword(ctx, oldPassword), readPassword(ctx, newPassword)];
    const actor = actorOf(found.session);
    await changePassword(ctx, { actor, current: typeof current === "string" ? current : await current(), next });
    return done("wire.done", await callingUser(caller, found));
  },
});

/** What the rules say of a password before it is chosen. Without a token it costs a call of the app's window, like every call without one. */
export const checkPasswordStrength = operation({
  name: "checkPasswordStrength",
  summary: "Whether a password may be chosen here, and why not.",
  needs: "nothing",
  output: strengthShape,
  refuses: [],
  input: z.object({ password: z.string().max(4096) }),
  act: async (caller, { password }) => {
    const { language, now } = caller.ctx;
    try {
      await checkNewPassword(password, await ownerOf(caller), now);
      return done("wire.done", { valid: true, message: say(language, "wire.password_good") });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return done("wire.done", { valid: false, message: sayAny(language, error.id, error.more.params) });
    }
  },
});

/** For whom a password is looked at: whoever uses the token, else somebody of whom nothing is known. */
async function ownerOf({ ctx, app, token }: Caller): Promise<PasswordOwner> {
  const found = token?.kind === "user" ? await findApiSession(ctx, app.id, token.user) : null;
  return found?.session ?? nobody;
}

const nobody: PasswordOwner = { email: "", username: null, isAdmin: false, policy: null };
