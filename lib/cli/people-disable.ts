import { type Command, counted } from "@/lib/cli/command";
import { findPerson, noSuchPerson } from "@/lib/cli/find-person";
import { showEmail } from "@/lib/kernel/email-address";
import { disablePerson } from "@/lib/operator/disable-person";

export const peopleDisable: Command = {
  name: "people disable",
  takes: ["EMAIL"],
  flags: {},
  summary: "Shut somebody's account until it is enabled again.",
  details:
    "All their sessions, half-finished logins, known devices and links end, in apps too, and nobody gets in: a login reads like one with a\nwrong password. Password, factors and what happened stay. They are told. The last administrator who can log in is never disabled.",
  run: async ({ ctx, typed }) => {
    const email = typed.positionals[0] ?? "";
    const found = await findPerson(ctx, email);
    if ("refusal" in found) return found.refusal;
    const { id: userId, email: stored } = found.account;
    const disabled = await disablePerson(ctx, { userId, by: "cli" });
    if (disabled === null) return noSuchPerson(email);
    const { sessions } = disabled;
    const text = `${showEmail(stored)} is disabled, ${counted(sessions, "session")} ended. To open it again: npm run portal -- people enable ${stored}`;
    return { kind: "done", text, data: { userId, email: stored, sessions } };
  },
};
