import type { Metadata } from "next";
import { vetoByLinkAction } from "@/app/(auth)/veto/[token]/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { AuthFrame } from "@/components/layout/auth-frame";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Row, Rows } from "@/components/ui/row";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { deviceName } from "@/lib/context/device-name";
import { languageTags } from "@/lib/messages/say";
import { changeName } from "@/lib/notices/change-name";
import { readVeto, type VetoView } from "@/lib/pending/read-changes";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("veto.page_title") };
}

/** What a letter's link stops, and the button that does. Opening the page changes nothing: mail scanners open every link. */
export default async function VetoPage({ params }: { readonly params: Promise<{ readonly token: string }> }) {
  const { token } = await params;
  const settings = await frameSettings();
  const change = await readVeto(await buildContext(), token);
  return (
    <AuthFrame settings={settings}>
      {change.state === "open" ? (
        <Open change={change} token={token} settings={settings} />
      ) : (
        <Closed state={change.state} settings={settings} />
      )}
    </AuthFrame>
  );
}

type OpenProps = {
  readonly change: Extract<VetoView, { readonly state: "open" }>;
  readonly token: string;
  readonly settings: FrameSettings;
};

function Open({ change, token, settings: { say, language } }: OpenProps) {
  const { kind, askedAt, dueAt, ip, agent, who } = change;
  const moment = (at: Date) => <Time at={at.toISOString()} language={languageTags[language]} />;
  return (
    <>
      <PageHeader title={say("veto.page_title")}>
        <p>{say("veto.intro", { who })}</p>
      </PageHeader>
      <Rows>
        <Row title={say("veto.change_label")} detail={changeName(kind, language)} />
        <Row title={say("veto.due_label")} detail={dueAt === null ? say("veto.uncounted_label") : moment(dueAt)} />
        <Row title={say("letters.when_label")} detail={moment(askedAt)} />
        <Row title={say("letters.address_label")} detail={ip} />
        <Row title={say("letters.device_label")} detail={deviceName(agent, language)} />
      </Rows>
      <p>{say("veto.was_you")}</p>
      <p>{say("veto.was_not_you")}</p>
      <ActionForm action={vetoByLinkAction}>
        <input type="hidden" name="link" value={token} />
        <SubmitButton wide look="danger" pending={say("frame.one_moment")}>
          {say("veto.stop_button")}
        </SubmitButton>
      </ActionForm>
    </>
  );
}

const closed = {
  stopped: { title: "veto.stopped_title", text: "veto.stopped" },
  done: { title: "veto.done_title", text: "veto.done" },
  over: { title: "veto.over_title", text: "veto.over" },
} as const;

type ClosedProps = { readonly state: keyof typeof closed; readonly settings: FrameSettings };

function Closed({ state, settings: { say } }: ClosedProps) {
  return (
    <>
      <PageHeader title={say(closed[state].title)}>
        <p>{say(closed[state].text)}</p>
      </PageHeader>
      <ButtonLink wide href="/login">
        {say("challenge.again_link")}
      </ButtonLink>
    </>
  );
}
