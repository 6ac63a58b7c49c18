import { beginConfirmAction, beginProofAction } from "@/app/(account)/security/contacts/actions";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { Card } from "@/components/ui/card";
import { SubmitButton } from "@/components/ui/submit-button";
import { homeCode, servedCodes } from "@/lib/factors/sms/served";
import type { Say } from "@/lib/messages/say";
import type { ProofPurpose } from "@/lib/policy/contact-proofs";

type Props = { readonly purpose: ProofPurpose; readonly say: Say };

/** The field for an address or number, and the button that sends a code there. What is the account's own needs no field. */
export function BeginProof({ purpose, say }: Props) {
  const isOwn = purpose === "confirm";
  return (
    <Card>
      <ActionForm action={isOwn ? beginConfirmAction : beginProofAction}>
        {!isOwn && <input type="hidden" name="purpose" value={purpose} />}
        {!isOwn && <Destination isNumber={purpose === "phone"} say={say} />}
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("post.send_button")}
        </SubmitButton>
      </ActionForm>
    </Card>
  );
}

/** Not type "email": browsers rewrite what is typed there, and know fewer addresses than the server. */
function Destination({ isNumber, say }: { readonly isNumber: boolean; readonly say: Say }) {
  const common = { name: "destination", autoCapitalize: "none", spellCheck: false, autoFocus: true } as const;
  if (isNumber) {
    const hint = say("sms.number_hint", { codes: servedCodes(), home: homeCode() });
    return (
      <FormField
        {...common}
        label={say("sms.number_label")}
        hint={hint}
        type="tel"
        inputMode="tel"
        autoComplete="tel"
      />
    );
  }
  return (
    <FormField
      {...common}
      label={say("email.address_label")}
      hint={say("email.address_hint")}
      type="text"
      inputMode="email"
      autoComplete="email"
    />
  );
}
