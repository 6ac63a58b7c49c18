import type { Metadata } from "next";
import { HowToReachThem } from "@/app/(auth)/how-to-reach-them";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { canLeave } from "@/lib/letters/queue-letters";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("alarm.contained_title") };
}

type Props = { readonly searchParams: Promise<{ readonly letter?: unknown }> };

/** After an alarm's button: a letter leads to a new password, or an administrator does. It tells, and knows nobody. */
export default async function ContainedPage({ searchParams }: Props) {
  const { letter } = await searchParams;
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("alarm.contained_title")}>
        <p>{say("alarm.contained")}</p>
      </PageHeader>
      {letter === undefined ? (
        <>
          <p>{say(canLeave("mail") ? "alarm.contained_next" : "reset.no_letters")}</p>
          <HowToReachThem settings={settings} />
        </>
      ) : (
        <>
          <p>{say("alarm.contained_letter")}</p>
          <ButtonLink wide look="quiet" href="/forgot-password">
            {say("reset.again_link")}
          </ButtonLink>
        </>
      )}
    </AuthFrame>
  );
}
