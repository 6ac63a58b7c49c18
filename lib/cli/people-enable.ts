import type { Command } from "@/lib/cli/command";
import { findPerson } from "@/lib/cli/find-person";
import { showEmail } from "@/lib/kernel/email-address";
import { enablePerson } from "@/lib/operator/enable-person";

export const peopleEnable: Command = {
  name: "people enable",
  takes: ["EMAIL"],
  flags: {},
  summary: "Open a disabled account again.",
  details:
    "They log in as before: password and factors are as they were. What ended when it was disabled stays over, a link to set a password too.\nThey are told.",
  run: async ({ ctx, typed }) => {
    const found = await findPerson(ctx, typed.positionals[0] ?? "");
    if ("refusal" in found) return found.refusal;
    const { id: userId, email, passwordHash } = found.account;
    await enablePerson(ctx, { userId, by: "cli" });
    const needsLink = passwordHash === null;
    const next = needsLink
      ? `They have no password yet: npm run portal -- people invite ${email}`
      : "They log in as before.";
    return { kind: "done", text: `${showEmail(email)} is open again. ${next}`, data: { userId, email, needsLink } };
  },
};
