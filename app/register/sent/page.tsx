import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { config } from "@/lib/config/config";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("register.sent_title") };
}

/** After the question for an account: the same page for every address, whoever has it. */
export default async function RegisterSentPage() {
  if (config().registration !== "open") notFound();
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings} door={1}>
      <PageHeader title={say("register.sent_title")}>
        <p>{say("register.sent")}</p>
      </PageHeader>
      <p>{say("register.sent_again")}</p>
      <ButtonLink wide look="quiet" href="/register">
        {say("register.another_link")}
      </ButtonLink>
    </AuthFrame>
  );
}
