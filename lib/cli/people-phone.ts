import type { Command } from "@/lib/cli/command";
import { findPerson } from "@/lib/cli/find-person";
import { showEmail } from "@/lib/kernel/email-address";
import { normaliseIdentifier } from "@/lib/kernel/identifier";
import { changePhone } from "@/lib/operator/change-phone";

export const peoplePhone: Command = {
  name: "people phone",
  takes: ["EMAIL", "NUMBER|none"],
  flags: {},
  summary: "Set the phone number that somebody may log in with, or take it away.",
  details:
    "A name to log in with instead of the email, in the portal and through apps; nothing is sent to what is typed here, and it is no second factor.\nWithout a country code it is read in the country of PHONE_REGION. Their sessions stay; they are told at every address and number of theirs.",
  run: async ({ ctx, typed }) => {
    const [who = "", number = ""] = typed.positionals;
    const found = await findPerson(ctx, who);
    if ("refusal" in found) return found.refusal;
    const { id: userId, email } = found.account;
    const asked = normaliseIdentifier(number) === "none" ? null : number;
    const phone = await changePhone(ctx, { userId, typed: asked, by: "cli" });
    const text =
      phone === null
        ? `${showEmail(email)} logs in without a phone number.`
        : `${showEmail(email)} can log in with ${phone}.`;
    return { kind: "done", text, data: { userId, email, phone } };
  },
};
