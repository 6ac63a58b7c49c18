import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ClosedLetterPage } from "@/app/_doors/letter-page";
import { registerAction } from "@/app/(auth)/register/[token]/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { ChoosePassword } from "@/components/form/choose-password";
import { LoginName } from "@/components/form/login-name";
import { AuthFrame } from "@/components/layout/auth-frame";
import { Addressed } from "@/components/ui/addressed";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { config } from "@/lib/config/config";
import { showEmail } from "@/lib/kernel/email-address";
import type { SpentLink } from "@/lib/links/spent-link";
import type { MessageId } from "@/lib/messages/catalogue";
import { readRegistration } from "@/lib/registration/register";
import { minimumLength } from "@/lib/users/password-rules";
import { buildContext } from "@/lib/web/build-context";
import { closedLink } from "@/lib/web/closed-link";
import { words } from "@/lib/web/words";

const sentences = {
  used: "register.over_used",
  expired: "register.over_expired",
  void: "register.over_void",
} as const satisfies Record<SpentLink["why"], MessageId>;

type Asked = { readonly params: Promise<{ readonly token: string }> };

/** Read once for the title and the page: they say the same. */
const look = cache(async (token: string) => readRegistration(await buildContext(), token));

export async function generateMetadata({ params }: Asked): Promise<Metadata> {
  const found = await look((await params).token);
  return { title: (await words()).say(found ? "register.choose_title" : "setup.closed_title") };
}

/** Whoever received the link chooses the password of their account. Opening the link spends nothing; only the form does. */
export default async function RegisterLinkPage({ params }: Asked) {
  if (config().registration !== "open") notFound();
  const { token } = await params;
  const settings = await frameSettings();
  const { say } = settings;
  const ctx = await buildContext();
  const found = await look(token);
  if (!found) {
    const why = await closedLink(ctx, { token, purpose: "registration" });
    const said = { title: say("setup.closed_title"), text: say(sentences[why]) };
    const otherwise = { href: "/register", label: say("register.offer_link") };
    return <ClosedLetterPage settings={settings} {...said} otherwise={otherwise} />;
  }
  return (
    <AuthFrame settings={settings} door={1}>
      <PageHeader title={say("register.choose_title")}>
        <p>
          <Addressed text={say("register.choose", { email: showEmail(found.email) })} />
        </p>
      </PageHeader>
      <ActionForm action={registerAction}>
        <input type="hidden" name="link" value={token} />
        <LoginName email={found.email} />
        <ChoosePassword say={say} of="new account" minimum={minimumLength({ isAdmin: false, policy: null }, ctx.now)} />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("register.choose_button")}
        </SubmitButton>
      </ActionForm>
    </AuthFrame>
  );
}
