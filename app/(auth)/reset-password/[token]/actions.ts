"use server";

import { openReset } from "@/lib/resets/open-reset";
import { openInput } from "@/lib/resets/schema";
import { readCookie } from "@/lib/web/cookie-jar";
import { enterReset } from "@/lib/web/enter";
import { formAction } from "@/lib/web/form-action";
import { cookieKeeper } from "@/lib/web/guard";

/** The page of the link says why it does not open any more. */
const closedPath = ({ link = "" }: Readonly<Record<string, string>>) => `/reset-password/${encodeURIComponent(link)}`;

export const openResetAction = formAction(
  {
    who: cookieKeeper,
    input: openInput,
    malformed: "alarm.malformed",
    elsewhere: { "setup.link_over": closedPath },
  },
  async ({ ctx }, { link: token }) => {
    const deviceToken = (await readCookie("known-device")) ?? null;
    return enterReset(ctx, await openReset(ctx, { token, deviceToken }));
  },
);
