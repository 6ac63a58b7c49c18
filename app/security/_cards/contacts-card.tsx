import type { CardProps } from "@/app/security/_cards/card";
import { CardShell } from "@/components/security/card-shell";
import { StatusLine } from "@/components/security/status-line";
import { Addressed } from "@/components/ui/addressed";
import { ButtonLink } from "@/components/ui/button";

/** How the person is reached, and the way to change it. */
export function ContactsCard({ overview, say }: CardProps) {
  const { email, isEmailConfirmed, further: count, sendsMail } = overview.contacts;
  const confirmed = isEmailConfirmed ? "yes" : "no";
  return (
    <CardShell
      title={say("contacts.page_title")}
      status={
        sendsMail ? (
          <StatusLine tone={isEmailConfirmed ? "good" : "attention"}>
            <Addressed
              text={
                isEmailConfirmed
                  ? say("contacts.card_some", { email, count })
                  : say("contacts.card_unconfirmed", { email })
              }
            />
          </StatusLine>
        ) : (
          <StatusLine tone="neutral">
            <Addressed text={say("contacts.card_no_mail", { email, confirmed })} />
          </StatusLine>
        )
      }
      action={
        <ButtonLink look="quiet" href="/security/contacts">
          {say("contacts.manage_link")}
        </ButtonLink>
      }
    />
  );
}
