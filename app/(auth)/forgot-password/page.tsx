import type { Metadata } from "next";
import { AskByName } from "@/app/(auth)/ask-by-name";
import { askForResetAction } from "@/app/(auth)/forgot-password/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { canLeave } from "@/lib/letters/queue-letters";
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
      {sent !== undefined && canLeave("mail") ? (
        <Asked say={say} />
      ) : (
        <AskByName settings={settings} action={askForResetAction} of="forgotten" />
      )}
      <div>
        <ButtonLink look="text" href="/login">
          {say("reset.to_login_link")}
        </ButtonLink>
      </div>
    </AuthFrame>
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
