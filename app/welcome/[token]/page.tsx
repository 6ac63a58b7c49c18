import type { Metadata } from "next";
import { cache } from "react";
import { ClosedLetterPage } from "@/app/_doors/letter-page";
import { acceptInvitationAction } from "@/app/(auth)/welcome/[token]/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { ChoosePassword } from "@/components/form/choose-password";
import { LoginName } from "@/components/form/login-name";
import { AuthFrame } from "@/components/layout/auth-frame";
import { Addressed } from "@/components/ui/addressed";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { readInvitation } from "@/lib/account/accept-invitation";
import { showEmail } from "@/lib/kernel/email-address";
import type { SpentLink } from "@/lib/links/spent-link";
import type { MessageId } from "@/lib/messages/catalogue";
import { minimumLength } from "@/lib/users/password-rules";
import { buildContext } from "@/lib/web/build-context";
import { closedLink } from "@/lib/web/closed-link";
import { words } from "@/lib/web/words";

const sentences = {
  used: "welcome.over_used",
  expired: "welcome.over_expired",
  void: "welcome.over_void",
} as const satisfies Record<SpentLink["why"], MessageId>;

type Asked = { readonly params: Promise<{ readonly token: string }> };

/** Read once for the title and the page: they say the same. */
const look = cache(async (token: string) => readInvitation(await buildContext(), token));

export async function generateMetadata({ params }: Asked): Promise<Metadata> {
  const found = await look((await params).token);
  return { title: (await words()).say(found ? "welcome.page_title" : "setup.closed_title") };
}

/** An invited person sets their password. Opening the link spends nothing; only the form does. */
export default async function WelcomePage({ params }: Asked) {
  const { token } = await params;
  const settings = await frameSettings();
  const { say } = settings;
  const ctx = await buildContext();
  const invited = await look(token);
  if (!invited) {
    const why = await closedLink(ctx, { token, purpose: "invitation" });
    const said = { title: say("setup.closed_title"), text: say(sentences[why]) };
    return <ClosedLetterPage settings={settings} {...said} />;
  }
  return (
    <AuthFrame settings={settings} door={1}>
      <PageHeader title={say("welcome.page_title")}>
        <p>
          <Addressed text={say("welcome.intro", { email: showEmail(invited.email) })} />
        </p>
      </PageHeader>
      <ActionForm action={acceptInvitationAction}>
        <input type="hidden" name="link" value={token} />
        <LoginName email={invited.email} />
        <ChoosePassword say={say} of="new account" minimum={minimumLength(invited, ctx.now)} />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("welcome.submit_button")}
        </SubmitButton>
      </ActionForm>
    </AuthFrame>
  );
}
