import * as z from "zod";
import { updateProfile } from "@/lib/account/profile/update-profile";
import { apiCodes } from "@/lib/api/codes";
import { operation } from "@/lib/api/operation";
import { done } from "@/lib/api/reply";
import { userShape } from "@/lib/api/shapes";
import { userView } from "@/lib/api/user-view";
import { profileOf, settledSessionOf } from "@/lib/api/who";
import { DomainError } from "@/lib/kernel/errors";
import { actorOf } from "@/lib/sessions/acting-session";

/** Left out it stays as it is; null and nothing typed take it away. */
const called = z
  .string()
  .max(4096)
  .nullish()
  .transform((text) => (text === null ? "" : text));

/** Names to log in with are changed in the portal's own pages, where they can be proven. */
const unheard = z.unknown().optional();
const namesToLogInWith = { email: unheard, phone: unheard, username: unheard };

/** The presented token comes back with the user: clients store whatever stands there, and would log themselves out without it. */
export const updateUser = operation({
  name: "updateUser",
  summary: "Change name, nickname or picture of whoever uses this token.",
  needs: "userToken",
  refuses: [apiCodes.proofNeeded, apiCodes.notOffered],
  output: userShape,
  input: z.object({ name: called, nickname: called, photo: called, ...namesToLogInWith }),
  act: async (caller, { name, nickname, photo, ...loginNames }) => {
    if (Object.values(loginNames).some((given) => given !== undefined)) throw new DomainError("wire.not_offered");
    const { session, token } = await settledSessionOf(caller);
    const typed = {
      ...(name !== undefined && { name }),
      ...(nickname !== undefined && { nickname }),
      ...(photo !== undefined && { photo }),
    };
    await updateProfile(caller.ctx, { actor: actorOf(session), typed });
    const value = caller.token?.kind === "user" ? caller.token.value : "";
    return done("wire.done", userView(await profileOf(caller, session.userId), { value, expiresAt: token.expiresAt }));
  },
});
