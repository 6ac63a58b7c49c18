"use server";

import { register } from "@/lib/registration/register";
import { registerInput } from "@/lib/registration/schema";
import { enterFirstDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { cookieKeeper } from "@/lib/web/guard";

/** The page of the link says why it does not open any more, or goes on where it was this browser that used it. */
const closedPath = ({ link = "" }: Readonly<Record<string, string>>) => `/register/${encodeURIComponent(link)}`;

export const registerAction = formAction(
  {
    who: cookieKeeper,
    input: registerInput,
    malformed: "setup.choose_malformed",
    elsewhere: { "setup.link_over": closedPath },
  },
  async ({ ctx }, { link, password }) =>
    enterFirstDoor(ctx, await register(ctx, { token: link, password }), "/security"),
);
