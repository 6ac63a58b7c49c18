import type { Metadata } from "next";
import { HowToReachThem } from "@/app/(auth)/alarm/how-to-reach-them";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { PageHeader } from "@/components/ui/page-header";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("alarm.contained_title") };
}

/** After an alarm's button, for somebody whom an administrator gives the link for a new password. It tells, and knows nobody. */
export default async function ContainedPage() {
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("alarm.contained_title")}>
        <p>{say("alarm.contained")}</p>
      </PageHeader>
      <p>{say("alarm.contained_next")}</p>
      <HowToReachThem settings={settings} />
    </AuthFrame>
  );
}
