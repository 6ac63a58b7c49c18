import type { ChallengeFormProps, Face } from "@/components/factors/face";
import { ActionForm } from "@/components/form/action-form";
import { PasswordField } from "@/components/form/password-field";
import { SubmitButton } from "@/components/ui/submit-button";

/** The password, typed once more. */
export const passwordFace: Face = {
  icon: "lock",
  name: "password_proof.kind_name",
  way: "password_proof.way_link",
  ChallengeForm,
};

function ChallengeForm({ action, say, children }: ChallengeFormProps) {
  return (
    <ActionForm action={action}>
      {children}
      <PasswordField
        name="password"
        label={say("login.password_label")}
        autoComplete="current-password"
        words={{ show: say("frame.show_password_button"), hide: say("frame.hide_password_button") }}
        autoFocus
      />
      <SubmitButton wide pending={say("frame.one_moment")}>
        {say("challenge.verify_button")}
      </SubmitButton>
    </ActionForm>
  );
}
