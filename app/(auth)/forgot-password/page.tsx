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

type Props = { readonly searchParams: Promise<{ readonly sent?: unknown }> };

/** Also true of an address that somebody was sent: it claims nothing of anybody. */
const isAsked = ({ sent }: { readonly sent?: unknown }): boolean => sent !== undefined && canLeave("mail");

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return { title: (await words()).say(isAsked(await searchParams) ? "reset.asked_title" : "reset.forgot_title") };
}

/** One form and one answer for everybody, known or not. */
export default async function ForgotPasswordPage({ searchParams }: Props) {
  const asked = isAsked(await searchParams);
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings}>
      {asked ? <Asked say={say} /> : <AskByName settings={settings} action={askForResetAction} of="forgotten" />}
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
