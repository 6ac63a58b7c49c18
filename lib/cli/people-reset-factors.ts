import { type Command, counted } from "@/lib/cli/command";
import { unconfirmed, yesFlag } from "@/lib/cli/confirm";
import { findPerson, noSuchPerson } from "@/lib/cli/find-person";
import { config } from "@/lib/config/config";
import { showEmail } from "@/lib/kernel/email-address";
import { formerIdentifier } from "@/lib/kernel/identifier";
import { resetFactors } from "@/lib/operator/reset-factors";
import { demandOn } from "@/lib/policy/second-factor";
import { loginIdentifier } from "@/lib/users/login-identifier";
import type { Account } from "@/lib/users/user";

export const peopleResetFactors: Command = {
  name: "people reset-factors",
  takes: ["EMAIL"],
  flags: yesFlag,
  summary: "Remove every second factor and recovery code of somebody who lost them.",
  details:
    "For somebody who has lost every second factor and all recovery codes. Be sure who asks: until they bind a new one, the password\nalone opens the account. All their sessions, half-finished logins, known devices and links end. The password stays.\nOn a terminal it asks you to type the email again; elsewhere it needs --yes.",
  run: async ({ ctx, typed, terminal }) => {
    const email = typed.positionals[0] ?? "";
    const found = await findPerson(ctx, email);
    if ("refusal" in found) return found.refusal;
    const objection = await unconfirmed({ typed, terminal }, question(found.account));
    if (objection) return objection;
    const reset = await resetFactors(ctx, { userId: found.account.id, by: "cli" });
    if (reset === null) return noSuchPerson(email);
    const mustEnrol = demandOn(found.account, config().secondFactor, ctx.now).isDemanded;
    const gone = `${counted(reset.factors, "factor")} and ${counted(reset.codes, "recovery code")} removed`;
    const text = `${showEmail(found.account.email)}: ${gone}, ${counted(reset.sessions, "session")} ended. ${next(mustEnrol)}`;
    return { kind: "done", text, data: { userId: found.account.id, email: found.account.email, ...reset, mustEnrol } };
  },
};

const next = (mustEnrol: boolean) =>
  mustEnrol
    ? "At the next login they must set up a new one."
    : "The password alone opens the account now: ask them to set up a new one.";

const question = ({ email }: Account) => ({
  what: `This removes every second factor of ${showEmail(email)}.`,
  word: "the email",
  isMeant: (answer: string) => [loginIdentifier(answer), formerIdentifier(answer)].includes(email),
});
