import type { Metadata } from "next";
import { HowToReachThem } from "@/app/(auth)/how-to-reach-them";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("revert.done_title") };
}

/** After the button in the old mailbox's letter. It tells, and knows nobody. */
export default async function RevertDonePage() {
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("revert.done_title")}>
        <p>{say("revert.done")}</p>
      </PageHeader>
      <p>{say("revert.done_next")}</p>
      <ButtonLink wide href="/forgot-password">
        {say("reset.forgot_link")}
      </ButtonLink>
      <HowToReachThem settings={settings} />
    </AuthFrame>
  );
}
