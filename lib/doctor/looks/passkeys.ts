import { findUnvouched } from "@/lib/backup/store";
import { type Finding, hint } from "@/lib/doctor/finding";
import type { Look, Opened } from "@/lib/doctor/house";
import { mayOfferSignIn } from "@/lib/factors/passkey/sign-in-offer";

/** After a restore browsers are told nothing of passkeys that are gone: meant so at first, and nobody else reminds of the word that ends it. */
export const lookAtPasskeys: Look<Opened> = async ({ database: { ctx } }): Promise<readonly Finding[]> => {
  const unvouched = mayOfferSignIn() ? await findUnvouched(ctx) : null;
  if (unvouched === null) return [];
  const [day = ""] = unvouched.setBackTo.toISOString().split("T");
  return [
    hint(
      "passkeys.unvouched",
      `The portal was set back to a backup of ${day}, so browsers are not told which passkeys are gone, and make none by themselves: a newer backup might still know those that were added since.`,
      "Once it is certain that nothing newer will be brought back, say so: npm run portal -- passkeys vouch",
    ),
  ];
};
