import type { Metadata } from "next";
import { HowToReachThem } from "@/app/_doors/how-to-reach-them";
import { UnpressedPage } from "@/app/_doors/unpressed-page";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { saidHere } from "@/lib/web/said";
import { words } from "@/lib/web/words";

type Props = { readonly searchParams: Promise<Readonly<Record<string, unknown>>> };

const saidOf = async ({ searchParams }: Props) => saidHere("/revert/done", await searchParams);

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { done } = await saidOf(props);
  return { title: (await words()).say(done === undefined ? "alarm.unpressed_title" : "revert.done_title") };
}

/** After the button in the old mailbox's letter. It tells, and knows nobody. */
export default async function RevertDonePage(props: Props) {
  const { done } = await saidOf(props);
  const settings = await frameSettings();
  if (done === undefined) return <UnpressedPage settings={settings} />;
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
