import type { ChallengeFormProps, Face } from "@/components/factors/face";
import { RecoveryChallengeForm } from "@/components/factors/recovery/challenge-form";

/** A saved code, as people meet it. */
export const recoveryFace: Face = {
  icon: "key",
  name: "recovery.kind_name",
  way: "recovery.way_link",
  ChallengeForm,
};

function ChallengeForm({ action, say, children }: ChallengeFormProps) {
  const words = {
    codeLabel: say("recovery.code_label"),
    codeHint: say("recovery.code_hint"),
    verify: say("challenge.verify_button"),
    pending: say("frame.one_moment"),
  };
  return (
    <RecoveryChallengeForm action={action} words={words}>
      {children}
    </RecoveryChallengeForm>
  );
}
