"use server";

import { acceptInvitation } from "@/lib/setup/accept-invitation";
import { welcomeInput } from "@/lib/setup/schema";
import { enterFirstDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { cookieKeeper } from "@/lib/web/guard";

export const acceptInvitationAction = formAction(
  { who: cookieKeeper, input: welcomeInput, malformed: "setup.malformed" },
  async ({ ctx }, { link, password }) =>
    enterFirstDoor(ctx, await acceptInvitation(ctx, { token: link, password }), "/security"),
);
