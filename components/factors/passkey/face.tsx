import type { BoundFace, ChallengeFormProps, EnrolFormProps } from "@/components/factors/face";
import { CeremonyForm } from "@/components/factors/passkey/late";
import { FormField } from "@/components/form/form-field";
import { Alert } from "@/components/ui/alert";
import { buttonClasses } from "@/components/ui/button";
import type { Say } from "@/lib/messages/say";

/** A passkey or a security key, as people meet it. */
export const passkeyFace: BoundFace = {
  icon: "key",
  name: "passkey.kind_name",
  way: "passkey.way_link",
  offer: "passkey.offer",
  setUp: "passkey.set_up_title",
  ChallengeForm,
  BeginForm: null,
  withoutScripts: "passkey.needs_scripts",
  isWide: false,
  EnrolForm,
};

/** What becomes of a dialogue of the browser, in words. */
export const ceremonyWords = (say: Say) => ({
  waiting: say("passkey.waiting_label"),
  unsupported: say("passkey.unsupported"),
  cancelled: say("passkey.cancelled"),
  timed_out: say("passkey.timed_out"),
  already_registered: say("passkey.here_already"),
});

const optionsOf = ({ prepared }: Pick<ChallengeFormProps, "prepared">): string =>
  prepared?.how === "ceremony" ? (prepared.options.options ?? "") : "";

function ChallengeForm({ action, say, prepared, beside, children }: ChallengeFormProps) {
  return (
    <div className="grid gap-5">
      <p className="noscript:hidden">{say("passkey.challenge_text")}</p>
      <NoScripts say={say} />
      <CeremonyForm
        action={action}
        does="get"
        options={optionsOf({ prepared })}
        look={buttonClasses({ wide: true })}
        button={say("passkey.use_button")}
        words={ceremonyWords(say)}
      >
        {children}
        {beside}
      </CeremonyForm>
    </div>
  );
}

function EnrolForm({ action, say, defaultLabel, prepared, children }: EnrolFormProps) {
  return (
    <div className="grid gap-5">
      <p className="noscript:hidden">{say("passkey.set_up_text")}</p>
      <NoScripts say={say} />
      <div className="noscript:hidden">
        <CeremonyForm
          action={action}
          does="create"
          options={optionsOf({ prepared })}
          look={buttonClasses({ wide: true })}
          button={say("passkey.create_button")}
          words={ceremonyWords(say)}
        >
          {children}
          <FormField
            name="label"
            label={say("factors.label_label")}
            hint={say("factors.label_hint")}
            defaultValue={defaultLabel}
            autoComplete="off"
          />
        </CeremonyForm>
      </div>
    </div>
  );
}

function NoScripts({ say }: { readonly say: Say }) {
  return (
    <div className="hidden noscript:block">
      <Alert tone="note">{say("passkey.no_scripts")}</Alert>
    </div>
  );
}
