"use server";

import { cookies } from "next/headers";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { logOut } from "@/lib/login/log-out";
import { clearSiteData } from "@/lib/web/answer-status";
import { buttonAction } from "@/lib/web/form-action";
import { enrolling } from "@/lib/web/guard";
import { gone, revealCookie } from "@/lib/web/private-cookies";

export const logOutAction = buttonAction({ who: enrolling, otherwise: "/login" }, async ({ ctx, person }) => {
  await logOut(ctx, person);
  const jar = await cookies();
  jar.set(sessionCookie.name, "", gone(sessionCookie.options));
  jar.set(revealCookie.name, "", gone(revealCookie.options));
  clearSiteData();
  return "/login?out=1";
});
