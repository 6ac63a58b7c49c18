"use server";

import { logOut } from "@/lib/login/log-out";
import { clearSiteData } from "@/lib/web/answer-status";
import { dropCookie } from "@/lib/web/cookie-jar";
import { buttonAction } from "@/lib/web/form-action";
import { enrolling } from "@/lib/web/guard";

export const logOutAction = buttonAction({ who: enrolling, otherwise: "/login" }, async ({ ctx, person }) => {
  await logOut(ctx, person);
  for (const kind of ["session", "second-door", "shown-once"] as const) await dropCookie(kind);
  clearSiteData();
  return `/login?out=${person.deviceId ?? "1"}`;
});
