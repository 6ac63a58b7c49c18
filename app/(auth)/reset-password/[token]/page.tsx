import type { Metadata } from "next";
import { openResetAction } from "@/app/(auth)/reset-password/[token]/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { maskEmail } from "@/lib/kernel/mask";
import type { MessageId } from "@/lib/messages/catalogue";
import { type ResetView, readReset } from "@/lib/resets/live-reset";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("reset.open_title") };
}

const sentences = {
  used: "reset.over_used",
  expired: "reset.over_expired",
  void: "reset.over_void",
  tried: "reset.over_tried",
} as const satisfies Record<Exclude<ResetView["state"], "open">, MessageId>;

/** What the button of the letter opens. Coming here changes nothing: mail scanners open every link. */
export default async function ResetPage({ params }: { readonly params: Promise<{ readonly token: string }> }) {
  const { token } = await params;
  const settings = await frameSettings();
  const { say } = settings;
  const view = await readReset(await buildContext(), token);
  if (view.state !== "open") {
    return (
      <AuthFrame settings={settings}>
        <PageHeader title={say("reset.over_title")}>
          <p>{say(sentences[view.state])}</p>
        </PageHeader>
        <ButtonLink wide href="/forgot-password">
          {say("reset.again_link")}
        </ButtonLink>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("reset.open_title")}>
        <p>{say("reset.open_intro", { who: maskEmail(view.email) })}</p>
      </PageHeader>
      <ActionForm action={openResetAction}>
        <input type="hidden" name="link" value={token} />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("reset.open_button")}
        </SubmitButton>
      </ActionForm>
    </AuthFrame>
  );
}
