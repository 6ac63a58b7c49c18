import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { removeContactAction } from "@/app/(account)/security/contacts/actions";
import { Question } from "@/components/security/question";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { isContactId } from "@/lib/account/contacts/schema";
import { hoursOf, mayBeAtOnce } from "@/lib/pending/ask-for-change";
import { foreseen } from "@/lib/pending/foreseen";
import { removeContactKind } from "@/lib/pending/kinds/remove-contact";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { notYours } from "@/lib/web/not-yours";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("contacts.further_title") };
}

/** Asks before an address is told no more. */
export default async function RemoveContactPage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  const ctx = await buildContext();
  const person = await freshPage(ctx, "contact.change", `/security/contacts/remove/${encodeURIComponent(id)}`);
  const contacts = isContactId(id) ? await readContacts(ctx, person) : null;
  const found = contacts?.further.find((one) => one.id === id);
  if (!found) return notYours(ctx, person, "contact");
  const { say } = await words();
  const waits = !(await mayBeAtOnce(ctx, person, removeContactKind));
  return (
    <AccountPage person={person}>
      <Question
        title={say("contacts.remove_title", { address: found.address })}
        sentences={[
          say("contacts.remove_text"),
          ...(waits ? [say("pending.will_wait", foreseen(hoursOf(removeContactKind)))] : []),
        ]}
        action={removeContactAction}
        yes={say("contacts.remove_button")}
        no={{ href: "/security/contacts", label: say("contacts.keep_link") }}
        pending={say("frame.one_moment")}
      >
        <input type="hidden" name="id" value={found.id} />
      </Question>
    </AccountPage>
  );
}
