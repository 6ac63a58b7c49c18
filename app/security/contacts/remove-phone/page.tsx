import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountPage } from "@/app/_account/account-page";
import { removePhoneAction } from "@/app/(account)/security/contacts/actions";
import { Question } from "@/components/security/question";
import { readContacts } from "@/lib/account/contacts/read-contacts";
import { hoursOf, mayBeAtOnce } from "@/lib/pending/ask-for-change";
import { foreseen } from "@/lib/pending/foreseen";
import { removeContactKind } from "@/lib/pending/kinds/remove-contact";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("contacts.phone_title") };
}

/** Asks before somebody logs in without their number. */
export default async function RemovePhonePage() {
  const ctx = await buildContext();
  const person = await freshPage(ctx, "contact.change", "/security/contacts/remove-phone");
  const phone = (await readContacts(ctx, person))?.phone ?? null;
  if (phone === null) redirect("/security/contacts");
  const { say } = await words();
  const waits = !(await mayBeAtOnce(ctx, person, removeContactKind));
  return (
    <AccountPage person={person}>
      <Question
        title={say("contacts.remove_phone_title", { phone })}
        sentences={[
          say("contacts.remove_phone_text"),
          ...(waits ? [say("pending.will_wait", foreseen(hoursOf(removeContactKind)))] : []),
        ]}
        action={removePhoneAction}
        yes={say("contacts.remove_button")}
        no={{ href: "/security/contacts", label: say("contacts.keep_link") }}
        pending={say("frame.one_moment")}
      />
    </AccountPage>
  );
}
