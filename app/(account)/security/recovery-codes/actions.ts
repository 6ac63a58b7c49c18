"use server";

import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { emptyInput } from "@/lib/factors/schema";
import { formAction } from "@/lib/web/form-action";
import { enrolling, fresh } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";
import { dropReveal, putReveal, readReveal } from "@/lib/web/reveal";

const malformed = "factors.malformed";

export const regenerateCodesAction = formAction(
  { who: fresh("recovery.regenerate", "/security/recovery-codes"), input: emptyInput, malformed },
  async ({ ctx, person }) => {
    const codes = await regenerateCodes(ctx, { actor: person });
    await putReveal(person.userId, { kind: "set", codes, returnTo: "/security" }, ctx.now);
    return leave("/security/recovery-codes/once");
  },
);

export const savedAction = formAction({ who: enrolling, input: emptyInput, malformed }, async ({ ctx, person }) => {
  const shown = await readReveal(person.userId, ctx.now);
  await dropReveal();
  return leave(shown === null || shown.returnTo === "/security" ? "/security?done=saved" : shown.returnTo);
});
