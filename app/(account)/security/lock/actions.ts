"use server";

import { lockAccount } from "@/lib/account/lock-account";
import { findWayIn } from "@/lib/account/way-back";
import { emptyInput } from "@/lib/sessions/schema";
import { clearSiteData } from "@/lib/web/answer-status";
import { dropCookie } from "@/lib/web/cookie-jar";
import { formAction } from "@/lib/web/form-action";
import { signedIn } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

export const lockAccountAction = formAction(
  { who: signedIn, input: emptyInput, malformed: "sessions.malformed" },
  async ({ ctx, person }) => {
    const { way, old } = await findWayIn(ctx, person.userId);
    await lockAccount(ctx, person);
    for (const kind of ["session", "second-door", "shown-once"] as const) await dropCookie(kind);
    clearSiteData();
    return leaveSaying(`/login?locked=${way}&old=${old}`);
  },
);
