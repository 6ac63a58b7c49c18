import { CardShell } from "@/components/security/card-shell";
import { Addressed } from "@/components/ui/addressed";
import { ButtonLink } from "@/components/ui/button";
import { Row, Rows } from "@/components/ui/row";
import type { ContactsView } from "@/lib/account/contacts/read-contacts";
import { dayOf } from "@/lib/messages/moments";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";

type Props = { readonly contacts: ContactsView; readonly say: Say; readonly language: Language };

/** The addresses that are told besides, and the way to one more. */
export function FurtherCard({ contacts: { further, hasRoom, sends }, say, language }: Props) {
  return (
    <CardShell
      title={say("contacts.further_title")}
      status={
        <p className="text-muted">
          {sends.mail
            ? say(further.length === 0 ? "contacts.further_none" : "contacts.further_text")
            : say("contacts.further_no_mail", { count: further.length })}
        </p>
      }
      action={
        hasRoom &&
        sends.mail && (
          <ButtonLink look="quiet" href="/security/contacts/further">
            {say("contacts.add_link")}
          </ButtonLink>
        )
      }
    >
      {further.length > 0 && (
        <Rows>
          {further.map(({ id, address, since }) => (
            <Row
              key={id}
              title={<Addressed text={address} />}
              detail={say("contacts.since_label", { day: dayOf(since, language) })}
              action={
                <ButtonLink
                  look="text"
                  href={`/security/contacts/remove/${id}`}
                  aria-label={say("contacts.remove_label", { address })}
                >
                  {say("contacts.remove_link")}
                </ButtonLink>
              }
            />
          ))}
        </Rows>
      )}
    </CardShell>
  );
}
