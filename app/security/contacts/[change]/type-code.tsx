import {
  beginConfirmAction,
  confirmOwnAction,
  confirmProofAction,
  sendProofAgainAction,
} from "@/app/(account)/security/contacts/actions";
import { unbroken } from "@/components/factors/sent-code/unbroken";
import { ActionForm } from "@/components/form/action-form";
import { CodeField } from "@/components/form/code-field";
import { LastTry } from "@/components/form/last-try";
import { Addressed } from "@/components/ui/addressed";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import type { WaitingProof } from "@/lib/account/contacts/read-contacts";
import type { Say } from "@/lib/messages/say";
import type { ChannelName } from "@/lib/policy/channels";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";

type Props = { readonly purpose: ProofPurpose; readonly waiting: WaitingProof; readonly say: Say };

/** Of a code that goes this way. */
const words = {
  mail: { label: "email.code_label", hint: "email.code_hint" },
  sms: { label: "sms.code_label", hint: "sms.code_hint" },
} as const satisfies Readonly<Record<ChannelName, unknown>>;

/** Where a code went, the field for it, and the ways to another one and to another address. */
export function TypeCode({ purpose, waiting, say }: Props) {
  const { kind, channel, to, digits, isLastTry } = waiting;
  const isOwn = purpose === "confirm";
  const hidden = !isOwn && <input type="hidden" name="purpose" value={purpose} />;
  return (
    <Card>
      <div className="grid gap-5">
        <p>
          <Addressed text={say("post.sent_to", { to: unbroken(to) })} />
        </p>
        <ActionForm action={isOwn ? confirmOwnAction : confirmProofAction}>
          {hidden}
          {isLastTry && <LastTry text={say("contacts.one_left")} />}
          <CodeField
            name="code"
            digits={digits}
            label={say(words[channel].label)}
            hint={say(words[channel].hint)}
            autoFocus
          />
          <SubmitButton wide pending={say("frame.one_moment")}>
            {say("contacts.save_button")}
          </SubmitButton>
        </ActionForm>
        <ActionForm action={isOwn ? beginConfirmAction : sendProofAgainAction}>
          {hidden}
          <SendAgain say={say} />
        </ActionForm>
        {!isOwn && (
          <div>
            <ButtonLink look="text" href={`/security/contacts/${purpose}?again=1`}>
              {say("contacts.another_link", { kind })}
            </ButtonLink>
          </div>
        )}
      </div>
    </Card>
  );
}

function SendAgain({ say }: { readonly say: Say }) {
  return (
    <div>
      <SubmitButton look="text" pending={say("frame.one_moment")}>
        {say("post.send_again_button")}
      </SubmitButton>
    </div>
  );
}
