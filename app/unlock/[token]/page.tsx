import type { Metadata } from "next";
import { cache } from "react";
import { ClosedLetterPage, LetterButton, LetterPage } from "@/app/_doors/letter-page";
import { openUnlockAction } from "@/app/(auth)/unlock/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { readUnlock } from "@/lib/unlocks/open-unlock";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

type Asked = { readonly params: Promise<{ readonly token: string }> };

/** Read once for the title and the page: they say the same. */
const look = cache(async (token: string) => readUnlock(await buildContext(), token));

export async function generateMetadata({ params }: Asked): Promise<Metadata> {
  const found = await look((await params).token);
  return { title: (await words()).say(found ? "unlock.link_title" : "unlock.over_title") };
}

/** The letter that lets a browser try. */
export default async function UnlockLinkPage({ params }: Asked) {
  const { token } = await params;
  const settings = await frameSettings();
  const { say } = settings;
  if (!(await look(token))) {
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
