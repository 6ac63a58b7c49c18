"use server";

import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { logInInput } from "@/lib/login/schema";
import { forgetBrowser } from "@/lib/sessions/devices/forget-browser";
import { forgetInput } from "@/lib/sessions/schema";
import { dropCookie, putCookie, readCookie } from "@/lib/web/cookie-jar";
import { enterFirstDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { anyone, cookieKeeper } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";
import { returnTo } from "@/lib/web/return-to";

export const logInAction = formAction(
  { who: cookieKeeper, input: logInInput, malformed: "login.malformed", keep: ["identifier", "shared"] },
  async ({ ctx }, { identifier, password, shared, returnTo: wanted }) => {
    const deviceToken = (await readCookie("known-device")) ?? null;
    const target = returnTo(wanted);
    const isShared = shared === "on";
    const started = await logInWithPassword(ctx, { identifier, password, deviceToken, isShared, returnTo: target });
    return enterFirstDoor(ctx, started, target);
  },
);

/** After logging out: this browser is a stranger to whoever just left it. */
export const forgetBrowserAction = formAction(
  { who: anyone, input: forgetInput, malformed: "sessions.malformed" },
  async ({ ctx }, { deviceId }) => {
    const cookie = await forgetBrowser(ctx, { deviceId, cookie: (await readCookie("known-device")) ?? null });
    if (cookie === "") await dropCookie("known-device");
    else await putCookie("known-device", cookie);
    return leave("/login?out=forgotten");
  },
);
