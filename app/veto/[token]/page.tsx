import type { Metadata } from "next";
import { cache } from "react";
import { ClosedLetterPage, LetterButton, LetterPage } from "@/app/_doors/letter-page";
import { vetoByLinkAction } from "@/app/(auth)/veto/[token]/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { Row, Rows } from "@/components/ui/row";
import { Time } from "@/components/ui/time";
import { deviceName } from "@/lib/context/device-name";
import { languageTags } from "@/lib/messages/say";
import { changeName } from "@/lib/notices/change-name";
import { readVeto, type VetoView } from "@/lib/pending/read-changes";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

const closed = {
  stopped: { title: "veto.stopped_title", text: "veto.stopped" },
  done: { title: "veto.done_title", text: "veto.done" },
  over: { title: "veto.over_title", text: "veto.over" },
} as const;

type Asked = { readonly params: Promise<{ readonly token: string }> };

/** Read once for the title and the page: they say the same. */
const look = cache(async (token: string) => readVeto(await buildContext(), token));

export async function generateMetadata({ params }: Asked): Promise<Metadata> {
  const found = await look((await params).token);
  return { title: (await words()).say(found.state === "open" ? "veto.page_title" : closed[found.state].title) };
}

/** What a letter's link stops, and the button that does. */
export default async function VetoPage({ params }: Asked) {
  const { token } = await params;
  const settings = await frameSettings();
  const { say } = settings;
  const change = await look(token);
  if (change.state !== "open") {
    const { title, text } = closed[change.state];
    return <ClosedLetterPage settings={settings} title={say(title)} text={say(text)} />;
  }
  const label = say("veto.stop_button");
  return (
    <LetterPage settings={settings} title={say("veto.page_title")} text={say("veto.intro", { who: change.who })}>
      <Circumstances change={change} settings={settings} />
      <p>{say("veto.was_you")}</p>
      <p>{say("veto.was_not_you")}</p>
      <LetterButton isDanger settings={settings} action={vetoByLinkAction} token={token} label={label} />
    </LetterPage>
  );
}

type Props = {
  readonly change: Extract<VetoView, { readonly state: "open" }>;
  readonly settings: FrameSettings;
};

function Circumstances({ change: { kind, detail, askedAt, dueAt, ip, agent }, settings: { say, language } }: Props) {
  const moment = (at: Date) => <Time at={at.toISOString()} language={languageTags[language]} />;
  return (
    <Rows>
      <Row title={say("veto.change_label")} detail={changeName(kind, language, detail)} />
      <Row title={say("veto.due_label")} detail={dueAt === null ? say("veto.uncounted_label") : moment(dueAt)} />
      <Row title={say("letters.when_label")} detail={moment(askedAt)} />
      <Row title={say("letters.address_label")} detail={ip} />
      <Row title={say("letters.device_label")} detail={deviceName(agent, language)} />
    </Rows>
  );
}
