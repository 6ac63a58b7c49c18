import type { Command } from "@/lib/cli/command";
import { findPerson, noSuchPerson } from "@/lib/cli/find-person";
import { showEmail } from "@/lib/kernel/email-address";
import { unlockPerson } from "@/lib/operator/unlock-person";

export const peopleUnlock: Command = {
  name: "people unlock",
  takes: ["EMAIL"],
  flags: {},
  summary: "End the waits of somebody whom wrong guesses keep out.",
  details:
    "Clears the failures and waits of their password and the waits of their factors. It never lifts the cap of 100 wrong codes that one\nbound factor stands in its whole life: a factor that has reached it stays closed until it is set up again. They get in with a\nrecovery code or another factor, or you reset their factors.",
  run: async ({ ctx, typed }) => {
    const email = typed.positionals[0] ?? "";
    const found = await findPerson(ctx, email);
    if ("refusal" in found) return found.refusal;
    const { account } = found;
    const unlocked = await unlockPerson(ctx, { userId: account.id, by: "cli" });
    if (unlocked === null) return noSuchPerson(email);
    const { closed } = unlocked;
    const still =
      closed.length === 0
        ? "They can try again now."
        : `Still closed after too many wrong codes in its life: ${closed.join(", ")}. Only setting it up again opens it: with a recovery code, or after people reset-factors.`;
    return {
      kind: "done",
      text: `The waits of ${showEmail(account.email)} are over. ${still}`,
      data: { userId: account.id, email: account.email, closed },
    };
  },
};
