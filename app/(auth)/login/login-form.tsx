import { logInAction } from "@/app/(auth)/login/actions";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { PasswordField } from "@/components/form/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Say } from "@/lib/messages/say";

/** Name and password. */
export function LoginForm({ say, returnTo }: { readonly say: Say; readonly returnTo: string }) {
  return (
    <ActionForm action={logInAction}>
      <input type="hidden" name="returnTo" value={returnTo} />
      <FormField
        name="identifier"
        label={say("login.identifier_label")}
        autoComplete="username"
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
      <SubmitButton wide pending={say("frame.one_moment")}>
        {say("login.submit_button")}
      </SubmitButton>
    </ActionForm>
  );
}
