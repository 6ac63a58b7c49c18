"use server";

import { confirmSaved } from "@/lib/factors/confirm-saved";
import { regenerateCodes } from "@/lib/factors/regenerate-codes";
import { emptyInput, savedInput } from "@/lib/factors/schema";
import { DomainError } from "@/lib/kernel/errors";
import { formAction } from "@/lib/web/form-action";
import { enrolling, fresh } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";
import { dropReveal, putReveal, readReveal } from "@/lib/web/reveal";
import { leaveSaying } from "@/lib/web/said";

const malformed = "factors.malformed";
const onward = {
  "codes.replaced_elsewhere": () => ({ href: "/security/recovery-codes/once", label: "codes.newest_link" }) as const,
  "codes.void": () => ({ href: "/security/recovery-codes", label: "security.codes_link" }) as const,
};

export const regenerateCodesAction = formAction(
  { who: fresh("recovery.regenerate", "/security/recovery-codes/new"), input: emptyInput, malformed },
  async ({ ctx, person }) => {
    const made = await regenerateCodes(ctx, { actor: person });
    await putReveal(ctx, person.userId, { ...made, kind: "set", returnTo: "/security" });
    return leave("/security/recovery-codes/once");
  },
);

/**
 * Only the codes that stood on the page are put away, and noted as saved: newer ones, made in another tab, were not seen yet. Also when the quarter of an hour is over, in which they could
 * have been shown again.
 */
export const savedAction = formAction(
  { who: enrolling, input: savedInput, malformed, onward },
  async ({ ctx, person }, { shown = null }) => {
    const reveal = await readReveal(person.userId, ctx.now);
    if (reveal !== null && shown !== null && reveal.id !== shown) throw new DomainError("codes.replaced_elsewhere");
    const saved = { showing: shown ?? reveal?.id ?? null, at: reveal?.at ?? ctx.now };
    if (!(await confirmSaved(ctx, { userId: person.userId, ...saved }))) throw new DomainError("codes.void");
    await dropReveal();
    if (reveal !== null && reveal.returnTo !== "/security") return leave(reveal.returnTo); // it may have come with the login: it claims nothing by itself
    return leaveSaying("/security?done=saved");
  },
);
