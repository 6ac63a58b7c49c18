"use server";

import { vetoLinkInput } from "@/lib/pending/schema";
import { vetoByLink } from "@/lib/pending/veto-change";
import { formAction } from "@/lib/web/form-action";
import { anyone } from "@/lib/web/guard";
import { leave } from "@/lib/web/leave";

/** The page of the link says what became of it. */
const ownPath = ({ link = "" }: Readonly<Record<string, string>>) => `/veto/${encodeURIComponent(link)}`;

export const vetoByLinkAction = formAction(
  { who: anyone, input: vetoLinkInput, malformed: "pending.malformed", elsewhere: { "pending.over": ownPath } },
  async ({ ctx }, { link: token }) => {
    await vetoByLink(ctx, { token });
    return leave(ownPath({ link: token }));
  },
);
