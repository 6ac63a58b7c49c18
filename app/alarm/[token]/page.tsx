import type { Metadata } from "next";
import { cache } from "react";
import { HowToReachThem } from "@/app/_doors/how-to-reach-them";
import { ClosedLetterPage, LetterButton, LetterPage } from "@/app/_doors/letter-page";
import { containAction } from "@/app/(auth)/alarm/[token]/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { Row, Rows } from "@/components/ui/row";
import { Time } from "@/components/ui/time";
import { type AlarmView, readAlarm } from "@/lib/account/read-alarm";
import { deviceName } from "@/lib/context/device-name";
import type { MessageId } from "@/lib/messages/catalogue";
import { languageTags } from "@/lib/messages/say";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

type OpenAlarm = Extract<AlarmView, { readonly state: "open" }>;

const closed = {
  moved: { title: "alarm.moved_title", text: "alarm.moved" },
  used: { title: "alarm.moved_title", text: "alarm.used" },
  over: { title: "alarm.over_title", text: "alarm.over" },
} as const satisfies Record<
  Exclude<AlarmView["state"], "open">,
  { readonly title: MessageId; readonly text: MessageId }
>;

type Asked = { readonly params: Promise<{ readonly token: string }> };

/** Read once for the title and the page: they say the same. */
const look = cache(async (token: string) => readAlarm(await buildContext(), token));

export async function generateMetadata({ params }: Asked): Promise<Metadata> {
  const found = await look((await params).token);
  return { title: (await words()).say(found.state === "open" ? "alarm.page_title" : closed[found.state].title) };
}

/** What an alarm's letter was about, and the button that contains the damage. */
export default async function AlarmPage({ params }: Asked) {
  const { token } = await params;
  const settings = await frameSettings();
  const { say } = settings;
  const alarm = await look(token);
  if (alarm.state !== "open") {
    const { title, text } = closed[alarm.state];
    return <ClosedLetterPage settings={settings} title={say(title)} text={say(text)} />;
  }
  const { kind, who } = alarm;
  const text = say(kind === "device.new" ? "alarm.device_new" : "alarm.second_step_wrong", { who });
  const label = say("alarm.contain_button");
  return (
    <LetterPage settings={settings} title={say("alarm.page_title")} text={text}>
      <Circumstances alarm={alarm} settings={settings} />
      <Outcome alarm={alarm} settings={settings} />
      <LetterButton isDanger settings={settings} action={containAction} token={token} label={label} />
    </LetterPage>
  );
}

type Props = { readonly alarm: OpenAlarm; readonly settings: FrameSettings };

function Circumstances({ alarm: { at, ip, agent }, settings: { say, language } }: Props) {
  return (
    <Rows>
      <Row
        title={say("letters.when_label")}
        detail={<Time at={at.toISOString()} language={languageTags[language]} />}
      />
      {ip !== null && <Row title={say("letters.address_label")} detail={ip} />}
      {agent !== null && <Row title={say("letters.device_label")} detail={deviceName(agent, language)} />}
    </Rows>
  );
}

const waysBack = {
  letter: "alarm.back_anew",
  letter_alone: "alarm.back_anew_alone",
  administrators: "alarm.back_by_administrators",
} as const;

/** What the button would do, and where the way back leads afterwards. */
function Outcome({ alarm: { wayBack }, settings }: Props) {
  const { say } = settings;
  return (
    <>
      <p>{say("alarm.was_you")}</p>
      <div className="grid gap-2">
        <p>{say("alarm.was_not_you")}</p>
        <ul className="grid list-disc gap-1 pl-5">
          <li>{say("alarm.ends_sessions")}</li>
          <li>{say("alarm.ends_password")}</li>
          <li>{say("alarm.tells_administrators")}</li>
          <li>{say("alarm.keeps_factors")}</li>
        </ul>
        <p>{say(waysBack[wayBack])}</p>
        {wayBack === "administrators" && <HowToReachThem settings={settings} />}
      </div>
    </>
  );
}
