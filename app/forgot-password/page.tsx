import type { Metadata } from "next";
import { AskByName } from "@/app/_doors/ask-by-name";
import { askForResetAction } from "@/app/(auth)/forgot-password/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { canLeave } from "@/lib/letters/queue-letters";
import type { Say } from "@/lib/messages/say";
import { saidHere } from "@/lib/web/said";
import { words } from "@/lib/web/words";

type Props = { readonly searchParams: Promise<Readonly<Record<string, unknown>>> };

/** Has this browser just asked for a letter? Whoever opens the address alone has not, and waits for none. */
const isAsked = async ({ searchParams }: Props): Promise<boolean> =>
  canLeave("mail") && (await saidHere("/forgot-password", await searchParams)).sent !== undefined;

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await words()).say((await isAsked(props)) ? "reset.asked_title" : "reset.forgot_title") };
}

/** One form and one answer for everybody, known or not. */
export default async function ForgotPasswordPage(props: Props) {
  const asked = await isAsked(props);
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
