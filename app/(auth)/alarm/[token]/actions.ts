"use server";

import { containAccount } from "@/lib/account/contain-account";
import { containInput } from "@/lib/account/schema";
import { formAction } from "@/lib/web/form-action";
import { anyone } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

/** The page of the link says what became of it. */
const closedPath = ({ link = "" }: Readonly<Record<string, string>>) => `/alarm/${encodeURIComponent(link)}`;

export const containAction = formAction(
  {
    who: anyone,
    input: containInput,
    malformed: "alarm.malformed",
    elsewhere: { "alarm.over": closedPath, "alarm.moved": closedPath },
  },
  async ({ ctx }, { link: token }) => {
    const { wayBack } = await containAccount(ctx, { token });
    return leaveSaying(`/alarm/contained?done=${wayBack === "administrators" ? "administrators" : "letter"}`);
  },
);
