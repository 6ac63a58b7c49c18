"use server";

import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { logInInput } from "@/lib/login/schema";
import { readCookie } from "@/lib/web/cookie-jar";
import { enterFirstDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { cookieKeeper } from "@/lib/web/guard";
import { returnTo } from "@/lib/web/return-to";

export const logInAction = formAction(
  { who: cookieKeeper, input: logInInput, malformed: "login.malformed", keep: ["identifier"] },
  async ({ ctx }, { identifier, password, returnTo: wanted }) => {
    const deviceToken = (await readCookie("known-device")) ?? null;
    const target = returnTo(wanted);
    const started = await logInWithPassword(ctx, { identifier, password, deviceToken, returnTo: target });
    return enterFirstDoor(ctx, started, target);
  },
);
