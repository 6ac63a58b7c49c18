import { type Command, lengthInWords } from "@/lib/cli/command";
import { aboutLink, linkUnseen } from "@/lib/cli/people-invite";
import { showEmail } from "@/lib/kernel/email-address";
import { invitePerson } from "@/lib/operator/invite-person";
import { policy } from "@/lib/policy/policy";
import { hasHadAdministrator } from "@/lib/setup/store";
import { readEmail } from "@/lib/users/contact-rules";

/** Who makes accounts before opening the set-up link has not lost it. */
const firstAdministrator =
  "Nobody is an administrator yet. The set-up link makes the first one: npm run portal -- setup-link";

export const peopleAdd: Command = {
  name: "people add",
  takes: ["EMAIL"],
  flags: {
    username: { type: "string", shown: "NAME", meaning: "a name to log in with, besides the email" },
    phone: { type: "string", shown: "NUMBER", meaning: "a phone number to log in with, besides the email" },
    admin: { type: "boolean", shown: "", meaning: "make them an administrator" },
  },
  summary: "Make an account and print a one-time link for its person.",
  details: `Prints a link that works once and for ${lengthInWords(policy.link.invitation)}, where the person sets their own password. Give it to them on a way you trust:\nwhoever opens it first owns the account.`,
  run: async ({ ctx, typed }) => {
    const { username, phone, admin } = typed.flags;
    const isAdmin = admin === true;
    const person = {
      email: typed.positionals[0] ?? "",
      username: typeof username === "string" ? username : null,
      phone: typeof phone === "string" ? phone : null,
      isAdmin,
    };
    const { userId, link } = await invitePerson(ctx, { ...person, by: "cli" });
    const email = readEmail(person.email);
    const about = aboutLink(link, ctx.now);
    const text = [
      `${showEmail(email)} has an account${isAdmin ? " as an administrator" : ""}. ${about.text}`,
      ...((await hasHadAdministrator(ctx)) ? [] : [firstAdministrator]),
    ].join("\n");
    const data = { userId, email, isAdmin, ...about.data };
    return { kind: "done", text, data, shownOnce: linkUnseen(email) };
  },
};
