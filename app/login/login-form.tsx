import type { ReactNode } from "react";
import { logInAction } from "@/app/(auth)/login/actions";
import { Passkeys } from "@/app/login/passkeys";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { PasswordField } from "@/components/form/password-field";
import { Tick } from "@/components/form/tick";
import { UntilAnswered } from "@/components/form/until-answered";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Say } from "@/lib/messages/say";

type Props = {
  readonly say: Say;
  readonly returnTo: string;
  /** Their passkeys may be offered where the name is typed. */
  readonly takesPasskeys: boolean;
  /** What happened before, said until the form has its first answer. */
  readonly news: ReactNode;
};

/** Name and password, or a passkey in the place of both. */
export function LoginForm({ say, returnTo, takesPasskeys, news }: Props) {
  return (
    <ActionForm action={logInAction}>
      <UntilAnswered>{news}</UntilAnswered>
      <input type="hidden" name="returnTo" value={returnTo} />
      <FormField
        name="identifier"
        label={say("login.identifier_label")}
        autoComplete={takesPasskeys ? "username webauthn" : "username"}
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
      />
      <PasswordField
        name="password"
        label={say("login.password_label")}
        autoComplete="current-password"
        words={{ show: say("frame.show_password_button"), hide: say("frame.hide_password_button") }}
      />
      <Tick name="shared" label={say("login.shared_label")} hint={say("login.shared_hint")} />
      <SubmitButton wide pending={say("frame.one_moment")}>
        {say("login.submit_button")}
      </SubmitButton>
      {takesPasskeys && <Passkeys say={say} />}
    </ActionForm>
  );
}
