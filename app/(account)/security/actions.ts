"use server";

import { unaskedInput } from "@/lib/factors/schema";
import { keepUnasked } from "@/lib/pending/keep-unasked";
import { putCookie } from "@/lib/web/cookie-jar";
import { buttonAction, formAction } from "@/lib/web/form-action";
import { signedIn } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

/** "Not now": this browser is offered nothing for a season. */
export const declineOfferAction = buttonAction({ who: signedIn, otherwise: "/security" }, async () => {
  await putCookie("offer-declined", "1");
  return "/security";
});

/** What a browser made without a dialogue, sent by the page's script. */
export const keepUnaskedAction = formAction(
  { who: signedIn, input: unaskedInput, malformed: "passkey.not_kept" },
  async ({ ctx, person: { session } }, answer) => {
    const { say } = await words();
    await keepUnasked(ctx, { session, answer, defaultLabel: say("passkey.kind_name") });
    return null;
  },
);
