import type { Metadata } from "next";
import { cache } from "react";
import { HowToReachThem } from "@/app/_doors/how-to-reach-them";
import { ClosedLetterPage, LetterButton, LetterPage } from "@/app/_doors/letter-page";
import { revertAction } from "@/app/(auth)/revert/[token]/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { Addressed } from "@/components/ui/addressed";
import { Row, Rows } from "@/components/ui/row";
import { Time } from "@/components/ui/time";
import { readRevert } from "@/lib/account/contacts/revert-email";
import { languageTags } from "@/lib/messages/say";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

const closed = {
  used: { title: "revert.used_title", text: "revert.used" },
  over: { title: "revert.over_title", text: "revert.over" },
} as const;

type Asked = { readonly params: Promise<{ readonly token: string }> };

/** Read once for the title and the page: they say the same. */
const look = cache(async (token: string) => readRevert(await buildContext(), token));

export async function generateMetadata({ params }: Asked): Promise<Metadata> {
  const found = await look((await params).token);
  return { title: (await words()).say(found.state === "open" ? "revert.page_title" : closed[found.state].title) };
}

/** The letter in the old mailbox: what its button takes back, and where the way back leads afterwards. */
export default async function RevertPage({ params }: Asked) {
  const { token } = await params;
  const settings = await frameSettings();
  const { say, language } = settings;
  const view = await look(token);
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
          <li>
            <Addressed text={say("revert.restores", { who })} />
          </li>
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
