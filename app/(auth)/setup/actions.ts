"use server";

import { completeSetup } from "@/lib/setup/complete-setup";
import { setupInput } from "@/lib/setup/schema";
import { enterFirstDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { cookieKeeper } from "@/lib/web/guard";

export const completeSetupAction = formAction(
  { who: cookieKeeper, input: setupInput, malformed: "setup.malformed", keep: ["email", "username"] },
  async ({ ctx }, { link, email, username, password }) =>
    enterFirstDoor(ctx, await completeSetup(ctx, { token: link, email, username, password }), "/security/factors/new"),
);
