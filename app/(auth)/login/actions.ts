"use server";

import { cookies } from "next/headers";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { logInInput } from "@/lib/login/schema";
import { enterFirstDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { anyone } from "@/lib/web/guard";
import { deviceCookie } from "@/lib/web/private-cookies";
import { returnTo } from "@/lib/web/return-to";

export const logInAction = formAction(
  { who: anyone, input: logInInput, malformed: "login.malformed", keep: ["identifier"] },
  async ({ ctx }, { identifier, password, returnTo: wanted }) => {
    const deviceToken = (await cookies()).get(deviceCookie.name)?.value ?? null;
    const target = returnTo(wanted);
    const started = await logInWithPassword(ctx, { identifier, password, deviceToken, returnTo: target });
    return enterFirstDoor(ctx, started, target);
  },
);
