import { CardShell } from "@/components/security/card-shell";
import { Addressed } from "@/components/ui/addressed";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Row, Rows } from "@/components/ui/row";
import type { ContactsView } from "@/lib/account/contacts/read-contacts";
import type { Say } from "@/lib/messages/say";

type Props = { readonly contacts: ContactsView; readonly say: Say };

/** The address to log in with: whether it is proven, and the way to another one. */
export function LoginEmailCard({ contacts: { email, isEmailConfirmed, sends }, say }: Props) {
  const [tone, state] = isEmailConfirmed
    ? (["good", "contacts.confirmed_label"] as const)
    : ([sends.mail ? "warning" : "neutral", "contacts.unconfirmed_label"] as const);
  const of = isEmailConfirmed ? "email" : "unconfirmed";
  return (
    <CardShell
      title={say("contacts.login_title")}
      status={sends.mail ? null : <p className="text-muted">{say("contacts.no_way", { of })}</p>}
      action={
        sends.mail && (
          <ButtonLink look="quiet" href="/security/contacts/login">
            {say("contacts.change_link")}
          </ButtonLink>
        )
      }
    >
      <Rows>
        <Row title={<Addressed text={email} />} badge={<Badge tone={tone}>{say(state)}</Badge>} />
      </Rows>
    </CardShell>
  );
}

/** The number that can be typed in the place of the address. */
export function PhoneCard({ contacts: { phone, isPhoneProven, sends }, say }: Props) {
  return (
    <CardShell
      title={say("contacts.phone_title")}
      status={
        <div className="grid gap-1.5 text-muted">
          <p>{phone === null ? say("contacts.phone_none") : say("contacts.phone_some", { phone })}</p>
          {sends.sms && phone !== null && !isPhoneProven && <p>{say("contacts.phone_unconfirmed")}</p>}
          {!sends.sms && <p>{say("contacts.no_way", { of: phone === null ? "no_phone" : "phone" })}</p>}
        </div>
      }
      action={
        <div className="flex flex-wrap gap-3">
          {sends.sms && (
            <ButtonLink look="quiet" href="/security/contacts/phone">
              {say(phone === null ? "contacts.phone_link" : "contacts.phone_change_link")}
            </ButtonLink>
          )}
          {phone !== null && (
            <ButtonLink look="quiet" href="/security/contacts/remove-phone">
              {say("contacts.phone_remove_link")}
            </ButtonLink>
          )}
        </div>
      }
    />
  );
}
