"use server";

import { askForReset } from "@/lib/resets/ask-for-reset";
import { forgotInput } from "@/lib/resets/schema";
import { readCookie } from "@/lib/web/cookie-jar";
import { formAction } from "@/lib/web/form-action";
import { cookieKeeper } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

export const askForResetAction = formAction(
  { who: cookieKeeper, input: forgotInput, malformed: "reset.malformed", keep: ["identifier"] },
  async ({ ctx }, { identifier }) => {
    const deviceToken = (await readCookie("known-device")) ?? null;
    await askForReset(ctx, { identifier, deviceToken, app: null });
    return leaveSaying("/forgot-password?sent=1");
  },
);
