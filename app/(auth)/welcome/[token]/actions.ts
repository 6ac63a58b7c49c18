"use server";

import { acceptInvitation } from "@/lib/account/accept-invitation";
import { welcomeInput } from "@/lib/account/schema";
import { enterFirstDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { cookieKeeper } from "@/lib/web/guard";

/** The page of the link says why it does not open any more, or goes on where it was this browser that used it. */
const closedPath = ({ link = "" }: Readonly<Record<string, string>>) => `/welcome/${encodeURIComponent(link)}`;

export const acceptInvitationAction = formAction(
  {
    who: cookieKeeper,
    input: welcomeInput,
    malformed: "setup.choose_malformed",
    elsewhere: { "setup.link_over": closedPath },
  },
  async ({ ctx }, { link, password }) =>
    enterFirstDoor(ctx, await acceptInvitation(ctx, { token: link, password }), "/security"),
);
