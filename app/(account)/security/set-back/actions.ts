"use server";

import { acknowledgeSetBack } from "@/lib/account/acknowledge-set-back";
import { emptyInput } from "@/lib/sessions/schema";
import { formAction } from "@/lib/web/form-action";
import { enrolling } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";

export const acknowledgeSetBackAction = formAction(
  { who: enrolling, input: emptyInput, malformed: "sessions.malformed" },
  async ({ ctx, person }) => {
    await acknowledgeSetBack(ctx, person);
    return leave("/security");
  },
);
