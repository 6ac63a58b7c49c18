import * as z from "zod";
import { apiCodes } from "@/lib/api/codes";
import { called } from "@/lib/api/kind-words";
import { operation } from "@/lib/api/operation";
import { done } from "@/lib/api/reply";
import { userShape } from "@/lib/api/shapes";
import { callingUser, freshSessionOf } from "@/lib/api/who";
import { cancelEnrolment } from "@/lib/factors/cancel-enrolment";
import { listActiveOfKind } from "@/lib/factors/store";
import { askToRemoveAllOfKind } from "@/lib/pending/ask-to-remove";
import { actorOf } from "@/lib/sessions/acting-session";

const kind = called.message;

/** A number has two parts to play: a second factor, which goes, and a name to log in with, which is no app's to take away. */
export const unbindPhone = operation({
  name: "unbindPhone",
  summary:
    "Remove the numbers that codes are sent to; the one to log in with stays. Needs a fresh login. Where they are the last strong factor it waits, so that their owner can stop it: until then the list still has them.",
  needs: "userToken",
  output: userShape,
  input: z.unknown(),
  refuses: [apiCodes.proofNeeded, apiCodes.forbiddenByPolicy],
  act: async (caller) => {
    const { ctx } = caller;
    const found = await freshSessionOf(caller);
    const actor = actorOf(found.session);
    if ((await listActiveOfKind(ctx, actor.userId, kind)).length > 0) {
      const asked = await askToRemoveAllOfKind(ctx, { actor, kind });
      if (!asked.done) return done("wire.totp_waits", await callingUser(caller, found));
    }
    await cancelEnrolment(ctx, { actor, kind }); // last: where policy keeps what is bound, it keeps what was begun too
    return done("wire.done", await callingUser(caller, found));
  },
});
