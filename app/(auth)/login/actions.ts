"use server";

import type { Ctx } from "@/lib/context/context";
import { canLeave } from "@/lib/letters/queue-letters";
import { logInWithPasskey } from "@/lib/login/log-in-with-passkey";
import { type LoggedIn, logInWithPassword } from "@/lib/login/log-in-with-password";
import { type LogInInput, logInInput } from "@/lib/login/schema";
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

/** An alarm has closed both: a new password opens them. */
const resetOnward = () => ({ href: "/forgot-password", label: "reset.forgot_link" }) as const;

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
    const target = returnTo(input.returnTo);
    return enterFirstDoor(ctx, await started(ctx, input, target), target);
  },
);

async function started(ctx: Ctx, input: LogInInput, target: string): Promise<LoggedIn> {
  const deviceToken = (await readCookie("known-device")) ?? null;
  const entering = { deviceToken, isShared: input.shared === "on", returnTo: target };
  if ("credential" in input) {
    const browser = (await readCookie("signing-in")) ?? null;
    return logInWithPasskey(ctx, { ...entering, answer: { credential: input.credential }, browser });
  }
  const { identifier, password } = input;
  const unlockToken = (await readCookie("unlock")) ?? null;
  return logInWithPassword(ctx, { ...entering, identifier, password, unlockToken, pass: await passOfBrowser() });
}

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
