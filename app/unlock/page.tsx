import type { Metadata } from "next";
import { AskByName } from "@/app/_doors/ask-by-name";
import { askForUnlockAction } from "@/app/(auth)/unlock/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("unlock.ask_title") };
}

/** For whoever must wait at the login because strangers guess. */
export default async function UnlockPage() {
  const settings = await frameSettings();
  const { say } = settings;
  return (
    <AuthFrame settings={settings}>
      <AskByName settings={settings} action={askForUnlockAction} of="waiting" />
      <div>
        <ButtonLink look="text" href="/login">
          {say("reset.to_login_link")}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}
