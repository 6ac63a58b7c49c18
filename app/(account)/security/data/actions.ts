"use server";

import { askForChange } from "@/lib/pending/ask-for-change";
import { noInput } from "@/lib/pending/schema";
import { formAction } from "@/lib/web/form-action";
import { fresh } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

const page = "/security/data";
const malformed = "pending.malformed";

export const askForDataAction = formAction(
  { who: fresh("data.download", page), input: noInput, malformed },
  async ({ ctx, person }) => {
    const asked = await askForChange(ctx, person, "data.download", {});
    return leaveSaying(asked.done ? page : `${page}?done=waits&ended=${asked.hours}`);
  },
);

export const deleteAccountAction = formAction(
  { who: fresh("account.delete", page), input: noInput, malformed },
  async ({ ctx, person }) => {
    const asked = await askForChange(ctx, person, "account.delete", {});
    return leaveSaying(asked.done ? "/login" : `${page}?done=waits&ended=${asked.hours}`);
  },
);
