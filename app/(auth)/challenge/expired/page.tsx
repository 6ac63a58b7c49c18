import type { Metadata } from "next";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { currentSession } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("challenge.expired_title") };
}

/** The challenge is gone. Somebody in a session goes back to their account, everybody else to the first door. */
export default async function ExpiredPage() {
  const settings = await frameSettings();
  const { say } = settings;
  const session = await currentSession();
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("challenge.expired_title")}>
        <p>{say("challenge.expired")}</p>
      </PageHeader>
      <ButtonLink wide href={session ? "/security" : "/login"}>
        {say(session ? "challenge.account_link" : "challenge.again_link")}
      </ButtonLink>
    </AuthFrame>
  );
}
