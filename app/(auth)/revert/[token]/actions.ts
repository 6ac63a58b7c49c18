"use server";

import { revertEmail } from "@/lib/account/contacts/revert-email";
import { revertInput } from "@/lib/account/contacts/schema";
import { formAction } from "@/lib/web/form-action";
import { anyone } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

/** The page of the link says what became of it. */
const closedPath = ({ link = "" }: Readonly<Record<string, string>>) => `/revert/${encodeURIComponent(link)}`;

export const revertAction = formAction(
  { who: anyone, input: revertInput, malformed: "revert.malformed", elsewhere: { "contacts.revert_over": closedPath } },
  async ({ ctx }, { link: token }) => {
    await revertEmail(ctx, { token });
    return leaveSaying("/revert/done?done=reverted");
  },
);
