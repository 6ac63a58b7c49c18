import type { Metadata } from "next";
import { ClosedLetterPage, LetterButton, LetterPage } from "@/app/(auth)/letter-page";
import { openUnlockAction } from "@/app/(auth)/unlock/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { readUnlock } from "@/lib/unlocks/open-unlock";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("unlock.link_title") };
}

/** The letter that lets a browser try. */
export default async function UnlockLinkPage({ params }: { readonly params: Promise<{ readonly token: string }> }) {
  const { token } = await params;
  const settings = await frameSettings();
  const { say } = settings;
  if (!(await readUnlock(await buildContext(), token))) {
    const onward = { href: "/unlock", label: say("reset.again_link") };
    const said = { title: say("unlock.over_title"), text: say("unlock.over") };
    return <ClosedLetterPage settings={settings} {...said} onward={onward} />;
  }
  return (
    <LetterPage settings={settings} title={say("unlock.link_title")} text={say("unlock.link_intro")}>
      <LetterButton settings={settings} action={openUnlockAction} token={token} label={say("unlock.link_button")} />
    </LetterPage>
  );
}
