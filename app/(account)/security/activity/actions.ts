"use server";

import { notMeInput } from "@/lib/account/activity/schema";
import { disownSession } from "@/lib/sessions/disown-session";
import { formAction } from "@/lib/web/form-action";
import { signedIn } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

export const notMeAction = formAction(
  { who: signedIn, input: notMeInput, malformed: "sessions.malformed" },
  async ({ ctx, person }, { session }) => {
    const { login, browser } = await disownSession(ctx, { actor: person, ref: session });
    return leaveSaying(`/security/password?done=not-me&ended=${login}&out=${browser}`);
  },
);
