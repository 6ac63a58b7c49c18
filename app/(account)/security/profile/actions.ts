"use server";

import { changeUsername } from "@/lib/account/profile/change-username";
import { profileInput, usernameInput } from "@/lib/account/profile/schema";
import { updateProfile } from "@/lib/account/profile/update-profile";
import { formAction } from "@/lib/web/form-action";
import { fresh, signedIn } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

const malformed = "profile.malformed";

export const updateProfileAction = formAction(
  { who: signedIn, input: profileInput, malformed, keep: ["name", "nickname", "photo"] },
  async ({ ctx, person }, typed) => {
    await updateProfile(ctx, { actor: person, typed });
    return leaveSaying("/security/profile?done=profile");
  },
);

/** It is a name to log in with, so whoever changes it proves anew who they are. */
export const changeUsernameAction = formAction(
  { who: fresh("username.change", "/security/profile"), input: usernameInput, malformed, keep: ["username"] },
  async ({ ctx, person }, { username }) => {
    await changeUsername(ctx, { actor: person, typed: username });
    return leaveSaying("/security/profile?done=username");
  },
);
