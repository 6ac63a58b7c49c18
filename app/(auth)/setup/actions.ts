"use server";

import { completeSetup } from "@/lib/setup/complete-setup";
import { setupInput } from "@/lib/setup/schema";
import { enterFirstDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { cookieKeeper } from "@/lib/web/guard";

/** The page of the link says why it does not open any more, or goes on where it was this browser that used it. */
const closedPath = ({ link = "" }: Readonly<Record<string, string>>) => `/setup?link=${encodeURIComponent(link)}`;

export const completeSetupAction = formAction(
  {
    who: cookieKeeper,
    input: setupInput,
    malformed: "setup.malformed",
    keep: ["email", "username"],
    elsewhere: { "setup.link_over": closedPath },
  },
  async ({ ctx }, { link, email, username, password }) => {
    const started = await completeSetup(ctx, { token: link, email, username, password });
    return enterFirstDoor(ctx, started, started.next === "claim" ? "/security/factors/new" : "/security");
  },
);
