import type { MessageId } from "@/lib/messages/catalogue";
import { returnTo, withReturnTo } from "@/lib/web/return-to";

/** A page of ours, and the words of the link that leads there: where a person goes on after an error. */
export type Onward = { readonly href: string; readonly label: MessageId };

type Given = { readonly kind: string; readonly returnTo?: string | undefined };

/**
 * A stale tab of an enrolment goes on with what was begun since; where nothing waits any more it begins anew. `root`: the pages of this
 * enrolment, without the kind.
 */
export const afterStaleEnrolment = (root: string) => ({
  "factors.replaced_elsewhere": ({ kind, returnTo: to }: Given): Onward => ({
    href: withReturnTo(`${root}/${kind}`, returnTo(to)),
    label: "factors.newest_link",
  }),
  "factors.enrolment_gone": ({ returnTo: to }: Given): Onward => ({
    href: withReturnTo(root, returnTo(to)),
    label: "factors.anew_link",
  }),
});
