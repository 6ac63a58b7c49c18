import type { Metadata } from "next";
import { askForResetAction } from "@/app/(auth)/forgot-password/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Say } from "@/lib/messages/say";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("reset.forgot_title") };
}

type Props = { readonly searchParams: Promise<{ readonly sent?: unknown }> };

/** One form and one answer for everybody, known or not. */
export default async function ForgotPasswordPage({ searchParams }: Props) {
  const { sent } = await searchParams;
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings}>
      {sent === undefined ? <Ask say={say} /> : <Asked say={say} />}
      <div>
        <ButtonLink look="text" href="/login">
          {say("reset.to_login_link")}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}

function Ask({ say }: { readonly say: Say }) {
  return (
    <>
      <PageHeader title={say("reset.forgot_title")}>
        <p>{say("reset.forgot_intro")}</p>
      </PageHeader>
      <ActionForm action={askForResetAction}>
        <FormField
          name="identifier"
          label={say("login.identifier_label")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("reset.forgot_button")}
        </SubmitButton>
      </ActionForm>
    </>
  );
}

function Asked({ say }: { readonly say: Say }) {
  return (
    <>
      <PageHeader title={say("reset.asked_title")}>
        <p>{say("reset.asked")}</p>
      </PageHeader>
      <p>{say("reset.asked_nothing")}</p>
      <div>
        <ButtonLink look="text" href="/forgot-password">
          {say("reset.again_link")}
        </ButtonLink>
      </div>
    </>
  );
}
