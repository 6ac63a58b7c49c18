import type { Metadata } from "next";
import { HowToReachThem } from "@/app/(auth)/how-to-reach-them";
import { ClosedLetterPage, LetterButton, LetterPage } from "@/app/(auth)/letter-page";
import { revertAction } from "@/app/(auth)/revert/[token]/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { Row, Rows } from "@/components/ui/row";
import { Time } from "@/components/ui/time";
import { readRevert } from "@/lib/account/contacts/revert-email";
import { languageTags } from "@/lib/messages/say";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("revert.page_title") };
}

const closed = {
  used: { title: "revert.used_title", text: "revert.used" },
  over: { title: "revert.over_title", text: "revert.over" },
} as const;

/** The letter in the old mailbox: what its button takes back, and where the way back leads afterwards. */
export default async function RevertPage({ params }: { readonly params: Promise<{ readonly token: string }> }) {
  const { token } = await params;
  const settings = await frameSettings();
  const { say, language } = settings;
  const view = await readRevert(await buildContext(), token);
  if (view.state !== "open") {
    const { title, text } = closed[view.state];
    return <ClosedLetterPage settings={settings} title={say(title)} text={say(text)} />;
  }
  const { who, at } = view;
  return (
    <LetterPage settings={settings} title={say("revert.page_title")} text={say("revert.text", { who })}>
      <Rows>
        <Row
          title={say("letters.when_label")}
          detail={<Time at={at.toISOString()} language={languageTags[language]} />}
        />
      </Rows>
      <div className="grid gap-2">
        <p>{say("revert.was_not_you")}</p>
        <ul className="grid list-disc gap-1 pl-5">
          <li>{say("revert.restores", { who })}</li>
          <li>{say("alarm.ends_sessions")}</li>
          <li>{say("revert.ends_password")}</li>
          <li>{say("alarm.tells_administrators")}</li>
          <li>{say("alarm.keeps_factors")}</li>
        </ul>
        <p>{say("revert.way_back")}</p>
        <HowToReachThem settings={settings} />
      </div>
      <LetterButton isDanger settings={settings} action={revertAction} token={token} label={say("revert.button")} />
    </LetterPage>
  );
}
