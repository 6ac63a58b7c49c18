"use server";

import { late } from "@/lib/kernel/late";
import { canLeave } from "@/lib/letters/queue-letters";
import { type LogInInput, logInInput } from "@/lib/login/schema";
import { forgetInput } from "@/lib/sessions/schema";
import { dropCookie, putCookie, readCookie } from "@/lib/web/cookie-jar";
import { formAction } from "@/lib/web/form-action";
import { anyone, cookieKeeper } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

/** Whoever must wait with a password has a way past the strangers who caused it, where a letter can leave. It opens nothing for a passkey. */
const unlockOnward = (input: LogInInput) =>
  "password" in input && canLeave("mail") ? ({ href: "/unlock", label: "unlock.ask_link" } as const) : undefined;

/** An alarm has closed both: a new password opens them. */
const resetOnward = () => ({ href: "/forgot-password", label: "reset.forgot_link" }) as const;

const firstDoor = late(() => import("@/lib/web/come-in"));
const forgetting = late(() => import("@/lib/sessions/devices/forget-browser"));

/** The first door, by whichever of its two keys. */
export const logInAction = formAction(
  {
    who: cookieKeeper,
    input: logInInput,
    malformed: "login.malformed",
    keep: ["identifier", "shared"],
    onward: { "throttle.too_many": unlockOnward, "passkey.closed": resetOnward },
  },
  async ({ ctx }, input) => {
    const { comeIn } = await firstDoor();
    return comeIn(ctx, input);
  },
);

/** After logging out: this browser is a stranger to whoever just left it. */
export const forgetBrowserAction = formAction(
  { who: anyone, input: forgetInput, malformed: "sessions.malformed" },
  async ({ ctx }, { deviceId }) => {
    const { forgetBrowser } = await forgetting();
    const cookie = await forgetBrowser(ctx, { deviceId, cookie: (await readCookie("known-device")) ?? null });
    if (cookie === "") await dropCookie("known-device");
    else await putCookie("known-device", cookie);
    return leaveSaying("/login?out=forgotten");
  },
);
