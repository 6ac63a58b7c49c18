import { type Command, lengthInWords } from "@/lib/cli/command";
import { findPerson, noSuchPerson } from "@/lib/cli/find-person";
import { later } from "@/lib/kernel/duration";
import { showEmail } from "@/lib/kernel/email-address";
import { inviteAgain } from "@/lib/operator/invite-person";
import { policy } from "@/lib/policy/policy";

export const peopleInvite: Command = {
  name: "people invite",
  takes: ["EMAIL"],
  flags: {},
  summary: "Print a new link for somebody whose link expired or who lost their password.",
  details: `The link works once and for ${lengthInWords(policy.link.invitation)}; earlier ones stop working now. It lets them set a new password, which ends all their\nsessions. Their second factor stays: who has one is still asked for it.`,
  run: async ({ ctx, typed }) => {
    const email = typed.positionals[0] ?? "";
    const found = await findPerson(ctx, email);
    if ("refusal" in found) return found.refusal;
    const { account } = found;
    if (account.disabledAt !== null) {
      return {
        kind: "refused",
        id: "person.disabled",
        text: `The account ${showEmail(account.email)} is disabled: no link was made.`,
      };
    }
    const invited = await inviteAgain(ctx, { userId: account.id, by: "cli" });
    if (invited === null) return noSuchPerson(email);
    const about = aboutLink(invited.link, ctx.now);
    const after = invited.hasFactor
      ? "\nTheir second factor stays, and is asked for after the new password is set."
      : "";
    const data = { userId: account.id, email: account.email, hasFactor: invited.hasFactor, ...about.data };
    return { kind: "done", text: `${about.text}${after}`, data, shownOnce: linkUnseen(account.email) };
  },
};

/** What is said about a fresh invitation: the link is the one secret that a command prints. */
export function aboutLink(link: string, now: Date) {
  const expiresAt = later(now, policy.link.invitation);
  const text = `Give them this link; it works once, until ${inWords(expiresAt)}:\n  ${link}`;
  return { text, data: { link, expiresAt: expiresAt.toISOString() } };
}

/** For an invitation that nobody could see. */
export const linkUnseen = (email: string): string =>
  `The link was made, and nobody has seen it. Make another one: npm run portal -- people invite ${showEmail(email)}`;

/** `2030-01-07 09:00 UTC`. */
export const inWords = (moment: Date): string => `${moment.toISOString().slice(0, 16).replace("T", " ")} UTC`;
