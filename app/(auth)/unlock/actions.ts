"use server";

import { forgotInput } from "@/lib/resets/schema";
import { askForUnlock } from "@/lib/unlocks/ask-for-unlock";
import { openUnlockByCode, openUnlockByLink } from "@/lib/unlocks/open-unlock";
import { codeInput, linkInput } from "@/lib/unlocks/schema";
import { putCookie, readCookie } from "@/lib/web/cookie-jar";
import { formAction } from "@/lib/web/form-action";
import { cookieKeeper } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";
import { leaveSaying } from "@/lib/web/said";

export const askForUnlockAction = formAction(
  { who: cookieKeeper, input: forgotInput, malformed: "reset.malformed", keep: ["identifier"] },
  async ({ ctx }, { identifier }) => {
    await putCookie("unlock", await askForUnlock(ctx, { identifier }));
    return leave("/unlock/code");
  },
);

/** The code of the letter, in the browser that asked for it. */
export const typeUnlockCodeAction = formAction(
  { who: cookieKeeper, input: codeInput, malformed: "unlock.malformed" },
  async ({ ctx }, { code }) => {
    await openUnlockByCode(ctx, { waitToken: (await readCookie("unlock")) ?? null, code });
    return leaveSaying("/login?unlocked=1");
  },
);

/** The page of the link says that it does not open any more. */
const closedPath = ({ link = "" }: Readonly<Record<string, string>>) => `/unlock/${encodeURIComponent(link)}`;

/** The letter's link, in whichever browser its button is pressed. */
export const openUnlockAction = formAction(
  { who: cookieKeeper, input: linkInput, malformed: "alarm.malformed", elsewhere: { "unlock.over": closedPath } },
  async ({ ctx }, { link: token }) => {
    await putCookie("unlock", await openUnlockByLink(ctx, { token }));
    return leaveSaying("/login?unlocked=1");
  },
);
