import type { BoundFace, ChallengeFormProps, EnrolFormProps } from "@/components/factors/face";
import { TotpChallengeForm } from "@/components/factors/totp/challenge-form";
import { TotpEnrolForm } from "@/components/factors/totp/enrol-form";

/** An authenticator app, as people meet it. */
export const totpFace: BoundFace = {
  icon: "phone",
  name: "totp.kind_name",
  way: "totp.way_link",
  offer: "totp.offer",
  setUp: "totp.set_up_title",
  ChallengeForm,
  BeginForm: null,
  isWide: true,
  EnrolForm,
};

function ChallengeForm({ action, say, children }: ChallengeFormProps) {
  const words = {
    codeLabel: say("totp.code_label"),
    codeHint: say("totp.code_hint"),
    sendsItself: say("frame.sends_itself"),
    verify: say("challenge.verify_button"),
    pending: say("frame.one_moment"),
  };
  return (
    <TotpChallengeForm action={action} words={words}>
      {children}
    </TotpChallengeForm>
  );
}

function EnrolForm({ action, say, shown, defaultLabel, children }: EnrolFormProps) {
  const words = {
    open: say("factors.open_link"),
    openHint: say("factors.open_hint"),
    scan: say("factors.scan"),
    qrLabel: say("factors.qr_label"),
    secretLabel: say("factors.secret_label"),
    secretHint: say("factors.secret_hint"),
    copy: { copy: say("frame.copy_button"), copied: say("frame.copied"), failed: say("frame.not_copied") },
    nameLabel: say("factors.label_label"),
    nameHint: say("factors.label_hint"),
    codeLabel: say("totp.code_label"),
    codeHint: say("factors.confirm_hint"),
    sendsItself: say("frame.sends_itself"),
    confirm: say("factors.confirm_button"),
    pending: say("frame.one_moment"),
  };
  return (
    <TotpEnrolForm
      action={action}
      words={words}
      secret={shown.secret ?? ""}
      uri={shown.uri ?? ""}
      defaultName={defaultLabel}
    >
      {children}
    </TotpEnrolForm>
  );
}
