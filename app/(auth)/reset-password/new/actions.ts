"use server";

import { newPasswordInput } from "@/lib/resets/schema";
import { setNewPassword } from "@/lib/resets/set-new-password";
import { formAction } from "@/lib/web/form-action";
import { challenged } from "@/lib/web/guard";
import { keepPass } from "@/lib/web/keep-pass";
import { leaveSaying } from "@/lib/web/said";

export const setNewPasswordAction = formAction(
  {
    who: challenged,
    input: newPasswordInput,
    malformed: "reset.choose_malformed",
    elsewhere: { "challenge.expired": () => "/challenge/expired" },
  },
  async ({ ctx, person: { pass } }, { password, remove }) => {
    const { userId } = await setNewPassword(ctx, { pass, password, remove });
    await keepPass(pass, userId, { enrolling: true }); // the login that follows here finds the second factor that was given
    return leaveSaying("/login?reset=1");
  },
);
