"use server";

import { putCookie } from "@/lib/web/cookie-jar";
import { buttonAction } from "@/lib/web/form-action";
import { signedIn } from "@/lib/web/guard";

/** "Not now": this browser is offered nothing for a season. */
export const declineOfferAction = buttonAction({ who: signedIn, otherwise: "/security" }, async () => {
  await putCookie("offer-declined", "1");
  return "/security";
});
