"use server";

import { changePassword } from "@/lib/account/change-password";
import { changePasswordInput } from "@/lib/account/schema";
import { askForPassword } from "@/lib/pending/ask-for-password";
import { setPasswordInput } from "@/lib/pending/schema";
import { keepSession } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { fresh } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

export const changePasswordAction = formAction(
  {
    who: fresh("password.change", "/security/password"),
    input: changePasswordInput,
    malformed: "password.malformed",
    elsewhere: { "password.logged_out": () => "/login?over=password&returnTo=%2Fsecurity%2Fpassword" }, // this page is theirs no more
  },
  async ({ ctx, person }, { current, password }) => {
    const { endedSessions, sessionToken } = await changePassword(ctx, { actor: person, current, next: password });
    await keepSession(person.userId, sessionToken);
    return leaveSaying(`/security?done=password&ended=${endedSessions}`);
  },
);

/** A new password without the current one: it waits. */
export const setPasswordAction = formAction(
  {
    who: fresh("password.change", "/security/password/forgotten"),
    input: setPasswordInput,
    malformed: "pending.malformed",
  },
  async ({ ctx, person }, { password }) => {
    const asked = await askForPassword(ctx, { actor: person, held: person.session.kinds, next: password });
    return leaveSaying(`/security?done=waits&ended=${asked.done ? 0 : asked.hours}`);
  },
);
