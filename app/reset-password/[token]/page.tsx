import type { Metadata } from "next";
import { cache } from "react";
import { ClosedLetterPage, LetterButton, LetterPage } from "@/app/_doors/letter-page";
import { openResetAction } from "@/app/(auth)/reset-password/[token]/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { maskEmail } from "@/lib/kernel/mask";
import type { MessageId } from "@/lib/messages/catalogue";
import { type ResetView, readReset } from "@/lib/resets/live-reset";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

const sentences = {
  used: "reset.over_used",
  expired: "reset.over_expired",
  void: "reset.over_void",
  tried: "reset.over_tried",
} as const satisfies Record<Exclude<ResetView["state"], "open">, MessageId>;

type Asked = { readonly params: Promise<{ readonly token: string }> };

/** Read once for the title and the page: they say the same. */
const look = cache(async (token: string) => readReset(await buildContext(), token));

export async function generateMetadata({ params }: Asked): Promise<Metadata> {
  const found = await look((await params).token);
  return { title: (await words()).say(found.state === "open" ? "reset.open_title" : "reset.over_title") };
}

/** The letter about a forgotten password. */
export default async function ResetPage({ params }: Asked) {
  const { token } = await params;
  const settings = await frameSettings();
  const { say } = settings;
  const view = await look(token);
  if (view.state !== "open") {
    const onward = { href: "/forgot-password", label: say("reset.again_link") };
    const said = { title: say("reset.over_title"), text: say(sentences[view.state]) };
    return <ClosedLetterPage settings={settings} {...said} onward={onward} />;
  }
  const intro = say("reset.open_intro", { who: maskEmail(view.email) });
  return (
    <LetterPage settings={settings} title={say("reset.open_title")} text={intro}>
      <LetterButton settings={settings} action={openResetAction} token={token} label={say("reset.open_button")} />
    </LetterPage>
  );
}
