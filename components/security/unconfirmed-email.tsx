import { Addressed } from "@/components/ui/addressed";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { showEmail } from "@/lib/kernel/email-address";
import type { Say } from "@/lib/messages/say";

type Props = { readonly email: string; readonly href: string; readonly say: Say };

/** On every page of somebody whose login e-mail nobody has confirmed: what that costs, and the way to do it. */
export function UnconfirmedEmail({ email, href, say }: Props) {
  return (
    <Alert tone="note">
      <p>
        <Addressed text={say("contacts.unconfirmed", { email: showEmail(email) })} />
      </p>
      <ButtonLink look="text" href={href}>
        {say("contacts.confirm_link")}
      </ButtonLink>
    </Alert>
  );
}
