import { type Command, counted } from "@/lib/cli/command";
import { unconfirmed, yesFlag } from "@/lib/cli/confirm";
import { findPerson } from "@/lib/cli/find-person";
import { countActiveByKind } from "@/lib/factors/store";
import { showEmail } from "@/lib/kernel/email-address";
import { changeEmail } from "@/lib/operator/change-email";
import { loginIdentifier } from "@/lib/users/login-identifier";
import type { Account } from "@/lib/users/user";

export const peopleEmail: Command = {
  name: "people email",
  takes: ["OLD", "NEW"],
  flags: yesFlag,
  summary: "Change the email address that somebody logs in with.",
  details:
    "Make sure who is asking. Password and second factors stay, also an email address that is bound as a second factor: its owner exchanges\nit on the security page. All their sessions, known devices and open links end. Both addresses are told, and every other one they have.\nOn a terminal it asks you to type the new email again; elsewhere it needs --yes.",
  run: async ({ ctx, typed, terminal }) => {
    const [old = "", next = ""] = typed.positionals;
    const found = await findPerson(ctx, old);
    if ("refusal" in found) return found.refusal;
    const objection = await unconfirmed({ typed, terminal }, question(found.account, next));
    if (objection) return objection;
    const { id: userId, passwordHash } = found.account;
    const { email, was, sessions } = await changeEmail(ctx, { userId, typed: next, by: "cli" });
    const needsLink = passwordHash === null;
    const keepsFactor = ((await countActiveByKind(ctx, userId)).email ?? 0) > 0;
    const text = [
      `${showEmail(was)} logs in as ${showEmail(email)} from now on. ${counted(sessions, "session")} ended.`,
      ...(keepsFactor ? ["An email address that they have bound as a second factor stays as it is."] : []),
      ...(needsLink
        ? [`They have no password yet, and the link they had is void: npm run portal -- people invite ${email}`]
        : []),
    ];
    return { kind: "done", text: text.join("\n"), data: { userId, was, email, sessions, keepsFactor, needsLink } };
  },
};

const question = ({ email }: Account, next: string) => ({
  what: `This makes ${next} the email that ${showEmail(email)} logs in with, and ends all their sessions.`,
  word: "the new email",
  isMeant: (answer: string) => loginIdentifier(answer) === loginIdentifier(next),
});
