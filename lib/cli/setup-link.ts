import { type Command, lengthInWords } from "@/lib/cli/command";
import { inWords } from "@/lib/cli/people-invite";
import { later } from "@/lib/kernel/duration";
import { policy } from "@/lib/policy/policy";
import { issueSetupLink } from "@/lib/setup/issue-setup-link";

export const setupLink: Command = {
  name: "setup-link",
  takes: [],
  flags: {},
  summary: "Print a new link to make the first administrator.",
  details: `Only until there is a first administrator; other accounts may be there already. The link works once and for ${lengthInWords(policy.link.setup)}; the one that the start printed stops working.`,
  run: async ({ ctx }) => {
    const link = await issueSetupLink(ctx, "cli");
    if (link === null) {
      const text =
        "There has been an administrator already. To make another one: npm run portal -- people add EMAIL --admin";
      return { kind: "refused", id: "setup.done", text };
    }
    const expiresAt = later(ctx.now, policy.link.setup);
    const text = `Make the first administrator here; the link works once, until ${inWords(expiresAt)}:\n  ${link}`;
    return {
      kind: "done",
      text,
      data: { link, expiresAt: expiresAt.toISOString() },
      shownOnce: "The link was made, and nobody has seen it. Make another one: npm run portal -- setup-link",
    };
  },
};
