import type { Metadata } from "next";
import { openUnlockAction } from "@/app/(auth)/unlock/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { readUnlock } from "@/lib/unlocks/open-unlock";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("unlock.link_title") };
}

/** The letter's link. Coming here changes nothing: mail scanners open every link. */
export default async function UnlockLinkPage({ params }: { readonly params: Promise<{ readonly token: string }> }) {
  const { token } = await params;
  const settings = await frameSettings();
  const { say } = settings;
  if (!(await readUnlock(await buildContext(), token))) {
    return (
      <AuthFrame settings={settings}>
        <PageHeader title={say("unlock.over_title")}>
          <p>{say("unlock.over")}</p>
        </PageHeader>
        <ButtonLink wide href="/unlock">
          {say("reset.again_link")}
        </ButtonLink>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("unlock.link_title")}>
        <p>{say("unlock.link_intro")}</p>
      </PageHeader>
      <ActionForm action={openUnlockAction}>
        <input type="hidden" name="link" value={token} />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("unlock.link_button")}
        </SubmitButton>
      </ActionForm>
    </AuthFrame>
  );
}
