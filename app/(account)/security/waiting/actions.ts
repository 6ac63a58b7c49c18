"use server";

import { vetoInput } from "@/lib/pending/schema";
import { vetoInSession } from "@/lib/pending/veto-change";
import { formAction } from "@/lib/web/form-action";
import { fresh } from "@/lib/web/guard";
import { leaveSaying } from "@/lib/web/said";

export const vetoAction = formAction(
  { who: fresh("change.veto", "/security"), input: vetoInput, malformed: "pending.malformed" },
  async ({ ctx, person }, { changeId }) => {
    await vetoInSession(ctx, { actor: person, id: changeId });
    return leaveSaying("/security?done=stopped");
  },
);
