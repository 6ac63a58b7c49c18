import type { Metadata } from "next";
import { HowToReachThem } from "@/app/_doors/how-to-reach-them";
import { UnpressedPage } from "@/app/_doors/unpressed-page";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { canLeave } from "@/lib/letters/queue-letters";
import { saidHere } from "@/lib/web/said";
import { words } from "@/lib/web/words";

type Props = { readonly searchParams: Promise<Readonly<Record<string, unknown>>> };

const saidOf = async ({ searchParams }: Props) => saidHere("/alarm/contained", await searchParams);

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { done } = await saidOf(props);
  return { title: (await words()).say(done === undefined ? "alarm.unpressed_title" : "alarm.contained_title") };
}

/** After an alarm's button: a letter leads to a new password, or an administrator does. It tells, and knows nobody. */
export default async function ContainedPage(props: Props) {
  const { done } = await saidOf(props);
  const settings = await frameSettings();
  const { say } = settings;
  if (done === undefined) return <UnpressedPage settings={settings} />;
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("alarm.contained_title")}>
        <p>{say("alarm.contained")}</p>
      </PageHeader>
      {done === "administrators" ? (
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
