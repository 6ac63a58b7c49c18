import type { Metadata } from "next";
import { containAction } from "@/app/(auth)/alarm/[token]/actions";
import { HowToReachThem } from "@/app/(auth)/alarm/how-to-reach-them";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { AuthFrame } from "@/components/layout/auth-frame";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Row, Rows } from "@/components/ui/row";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { type AlarmView, readAlarm } from "@/lib/account/read-alarm";
import { deviceName } from "@/lib/context/device-name";
import type { MessageId } from "@/lib/messages/catalogue";
import { languageTags } from "@/lib/messages/say";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("alarm.page_title") };
}

/** What an alarm's letter was about, and the button that contains the damage. Opening the page changes nothing: mail scanners open every link. */
export default async function AlarmPage({ params }: { readonly params: Promise<{ readonly token: string }> }) {
  const { token } = await params;
  const settings = await frameSettings();
  const alarm = await readAlarm(await buildContext(), token);
  return (
    <AuthFrame settings={settings}>
      {alarm.state === "open" ? (
        <Open alarm={alarm} token={token} settings={settings} />
      ) : (
        <Closed state={alarm.state} settings={settings} />
      )}
    </AuthFrame>
  );
}

type OpenProps = {
  readonly alarm: Extract<AlarmView, { readonly state: "open" }>;
  readonly token: string;
  readonly settings: FrameSettings;
};

const waysBack = {
  letter: "alarm.back_anew",
  letter_alone: "alarm.back_anew_alone",
  administrators: "alarm.back_by_administrators",
} as const;

/** What the button would do, and where the way back leads afterwards. */
function Open({ alarm, token, settings }: OpenProps) {
  const { say, language } = settings;
  const { kind, who, at, ip, agent, wayBack } = alarm;
  return (
    <>
      <PageHeader title={say("alarm.page_title")}>
        <p>{say(kind === "device.new" ? "alarm.device_new" : "alarm.second_step_wrong", { who })}</p>
      </PageHeader>
      <Rows>
        <Row
          title={say("letters.when_label")}
          detail={<Time at={at.toISOString()} language={languageTags[language]} />}
        />
        {ip !== null && <Row title={say("letters.address_label")} detail={ip} />}
        {agent !== null && <Row title={say("letters.device_label")} detail={deviceName(agent, language)} />}
      </Rows>
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
      <ActionForm action={containAction}>
        <input type="hidden" name="link" value={token} />
        <SubmitButton wide look="danger" pending={say("frame.one_moment")}>
          {say("alarm.contain_button")}
        </SubmitButton>
      </ActionForm>
    </>
  );
}

type ClosedState = Exclude<AlarmView["state"], "open">;
type ClosedProps = { readonly state: ClosedState; readonly settings: FrameSettings };

const closed = {
  moved: { title: "alarm.moved_title", text: "alarm.moved" },
  used: { title: "alarm.moved_title", text: "alarm.used" },
  over: { title: "alarm.over_title", text: "alarm.over" },
} as const satisfies Record<ClosedState, { readonly title: MessageId; readonly text: MessageId }>;

function Closed({ state, settings: { say } }: ClosedProps) {
  const { title, text } = closed[state];
  return (
    <>
      <PageHeader title={say(title)}>
        <p>{say(text)}</p>
      </PageHeader>
      <ButtonLink wide href="/login">
        {say("challenge.again_link")}
      </ButtonLink>
    </>
  );
}
