import type { Metadata } from "next";
import { cache } from "react";
import { ClosedLetterPage } from "@/app/_doors/letter-page";
import { completeSetupAction } from "@/app/(auth)/setup/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { ChoosePassword } from "@/components/form/choose-password";
import { FormField } from "@/components/form/form-field";
import { AuthFrame } from "@/components/layout/auth-frame";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import type { SpentLink } from "@/lib/links/spent-link";
import type { MessageId } from "@/lib/messages/catalogue";
import type { Say } from "@/lib/messages/say";
import { isSetupOpen } from "@/lib/setup/complete-setup";
import { minimumLength } from "@/lib/users/password-rules";
import { buildContext } from "@/lib/web/build-context";
import { closedLink } from "@/lib/web/closed-link";
import { words } from "@/lib/web/words";

type Asked = { readonly searchParams: Promise<{ readonly link?: unknown }> };

/** Asked once for the title and the page: they say the same. */
const isOpen = cache(
  async (link: unknown): Promise<boolean> =>
    typeof link === "string" && (await isSetupOpen(await buildContext(), link)),
);

export async function generateMetadata({ searchParams }: Asked): Promise<Metadata> {
  const { link } = await searchParams;
  return { title: (await words()).say((await isOpen(link)) ? "setup.page_title" : "setup.closed_title") };
}

const sentences = {
  used: "setup.over_used",
  expired: "setup.over_expired",
  void: "setup.closed",
} as const satisfies Record<SpentLink["why"], MessageId>;

/** First run: only with the link that the server printed, only until there is a first administrator. */
export default async function SetupPage({ searchParams }: Asked) {
  const { link } = await searchParams;
  const settings = await frameSettings();
  const ctx = await buildContext();
  if (typeof link !== "string" || !(await isOpen(link))) {
    const why = await closedLink(ctx, { token: link, purpose: "setup" });
    const said = { title: settings.say("setup.closed_title"), text: settings.say(sentences[why]) };
    return <ClosedLetterPage settings={settings} {...said} />;
  }
  return (
    <AuthFrame settings={settings} door={1}>
      <FirstAdministrator say={settings.say} link={link} now={ctx.now} />
    </AuthFrame>
  );
}

type Asking = { readonly say: Say; readonly link: string; readonly now: Date };

/** The form that makes the first account. */
function FirstAdministrator({ say, link, now }: Asking) {
  return (
    <>
      <PageHeader title={say("setup.page_title")}>
        <p>{say("setup.intro")}</p>
      </PageHeader>
      <ActionForm action={completeSetupAction}>
        <input type="hidden" name="link" value={link} />
        <FormField
          name="email"
          inputMode="email"
          label={say("setup.email_label")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
        <FormField
          name="username"
          label={say("setup.username_label")}
          optional={say("frame.optional_label")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <ChoosePassword say={say} of="new account" minimum={minimumLength({ isAdmin: true, policy: null }, now)} />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("setup.submit_button")}
        </SubmitButton>
      </ActionForm>
    </>
  );
}
