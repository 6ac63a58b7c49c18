"use server";

import { askToRegister } from "@/lib/registration/ask-to-register";
import { askInput } from "@/lib/registration/schema";
import { formAction } from "@/lib/web/form-action";
import { cookieKeeper } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";

export const askToRegisterAction = formAction(
  { who: cookieKeeper, input: askInput, malformed: "register.malformed", keep: ["email"] },
  async ({ ctx }, { email }) => {
    await askToRegister(ctx, { email });
    return leave("/register/sent");
  },
);
