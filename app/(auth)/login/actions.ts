"use server";

import { canLeave } from "@/lib/letters/queue-letters";
import { logInWithPasskey } from "@/lib/login/log-in-with-passkey";
import { logInWithPassword } from "@/lib/login/log-in-with-password";
import { logInInput, signInInput } from "@/lib/login/schema";
import { forgetBrowser } from "@/lib/sessions/devices/forget-browser";
import { forgetInput } from "@/lib/sessions/schema";
import { dropCookie, putCookie, readCookie } from "@/lib/web/cookie-jar";
import { enterFirstDoor } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { anyone, cookieKeeper, passOfBrowser } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";
import { returnTo } from "@/lib/web/return-to";

/** Whoever must wait has a way past the strangers who caused it, where a letter can leave. */
const unlockOnward = () => (canLeave("mail") ? ({ href: "/unlock", label: "unlock.ask_link" } as const) : undefined);

export const logInAction = formAction(
  {
    who: cookieKeeper,
    input: logInInput,
    malformed: "login.malformed",
    keep: ["identifier", "shared"],
    onward: { "throttle.too_many": unlockOnward },
  },
  async ({ ctx }, { identifier, password, shared, returnTo: wanted }) => {
    const target = returnTo(wanted);
    const started = await logInWithPassword(ctx, {
      identifier,
      password,
      deviceToken: (await readCookie("known-device")) ?? null,
      unlockToken: (await readCookie("unlock")) ?? null,
      isShared: shared === "on",
      returnTo: target,
      pass: await passOfBrowser(),
    });
    return enterFirstDoor(ctx, started, target);
  },
);

export const signInAction = formAction(
  {
    who: cookieKeeper,
    input: signInInput,
    malformed: "passkey.malformed",
    onward: { "passkey.closed": () => ({ href: "/forgot-password", label: "reset.forgot_link" }) },
  },
  async ({ ctx }, { shared, returnTo: wanted, ...answer }) => {
    const target = returnTo(wanted);
    const started = await logInWithPasskey(ctx, {
      answer,
      browser: (await readCookie("signing-in")) ?? null,
      deviceToken: (await readCookie("known-device")) ?? null,
      isShared: shared === "on",
      returnTo: target,
    });
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
