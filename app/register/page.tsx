import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { askToRegisterAction } from "@/app/(auth)/register/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { config } from "@/lib/config/config";
import { currentSession } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("register.page_title") };
}

/** Where anybody may ask for an account. Asks for the address alone: of a name or a number the answer would tell whether somebody has it. */
export default async function RegisterPage() {
  if (config().registration !== "open") notFound();
  if (await currentSession()) redirect("/security");
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings} door={1}>
      <PageHeader title={say("register.page_title")}>
        <p>{say("register.intro")}</p>
      </PageHeader>
      <ActionForm action={askToRegisterAction}>
        <FormField
          name="email"
          inputMode="email"
          label={say("setup.email_label")}
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("register.submit_button")}
        </SubmitButton>
      </ActionForm>
      <div>
        <ButtonLink look="text" href="/login">
          {say("register.login_link")}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}
