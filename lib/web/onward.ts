import type { MessageId } from "@/lib/messages/catalogue";

/** A page of ours, and the words of the link that leads there: where a person goes on after an error. */
export type Onward = { readonly href: string; readonly label: MessageId };

type Kind = { readonly kind: string };

/**
 * A stale tab of an enrolment goes on with what was begun since; where nothing waits any more it begins anew. `root`: the pages of this
 * enrolment, without the kind.
 */
export const afterStaleEnrolment = (root: string) => ({
  "factors.replaced_elsewhere": ({ kind }: Kind): Onward => ({ href: `${root}/${kind}`, label: "factors.newest_link" }),
  "factors.enrolment_gone": (): Onward => ({ href: root, label: "factors.anew_link" }),
});
