import type { Metadata } from "next";
import { askForUnlockAction } from "@/app/(auth)/unlock/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("unlock.ask_title") };
}

/** For whoever must wait at the login because strangers guess: one form and one answer for everybody. */
export default async function UnlockPage() {
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("unlock.ask_title")}>
        <p>{say("unlock.ask_intro")}</p>
      </PageHeader>
      <ActionForm action={askForUnlockAction}>
        <FormField
          name="identifier"
          label={say("login.identifier_label")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("unlock.ask_button")}
        </SubmitButton>
      </ActionForm>
      <div>
        <ButtonLink look="text" href="/login">
          {say("reset.to_login_link")}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}
