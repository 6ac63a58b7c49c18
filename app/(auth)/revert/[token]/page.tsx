import type { Metadata } from "next";
import { HowToReachThem } from "@/app/(auth)/alarm/how-to-reach-them";
import { revertAction } from "@/app/(auth)/revert/[token]/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { AuthFrame } from "@/components/layout/auth-frame";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Row, Rows } from "@/components/ui/row";
import { SubmitButton } from "@/components/ui/submit-button";
import { Time } from "@/components/ui/time";
import { type RevertView, readRevert } from "@/lib/account/contacts/revert-email";
import { languageTags } from "@/lib/messages/say";
import { buildContext } from "@/lib/web/build-context";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("revert.page_title") };
}

/** What the letter in the old mailbox was about, and the button that takes it back. Opening the page changes nothing: mail scanners open every link. */
export default async function RevertPage({ params }: { readonly params: Promise<{ readonly token: string }> }) {
  const { token } = await params;
  const settings = await frameSettings();
  const view = await readRevert(await buildContext(), token);
  return (
    <AuthFrame settings={settings}>
      {view.state === "open" ? (
        <Open view={view} token={token} settings={settings} />
      ) : (
        <Closed state={view.state} settings={settings} />
      )}
    </AuthFrame>
  );
}

type OpenProps = {
  readonly view: Extract<RevertView, { readonly state: "open" }>;
  readonly token: string;
  readonly settings: FrameSettings;
};

/** What the button would do, and where the way back leads afterwards. */
function Open({ view: { who, at }, token, settings }: OpenProps) {
  const { say, language } = settings;
  return (
    <>
      <PageHeader title={say("revert.page_title")}>
        <p>{say("revert.text", { who })}</p>
      </PageHeader>
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
      <ActionForm action={revertAction}>
        <input type="hidden" name="link" value={token} />
        <SubmitButton wide look="danger" pending={say("frame.one_moment")}>
          {say("revert.button")}
        </SubmitButton>
      </ActionForm>
    </>
  );
}

const closed = {
  used: { title: "revert.used_title", text: "revert.used" },
  over: { title: "revert.over_title", text: "revert.over" },
} as const;

type ClosedProps = { readonly state: keyof typeof closed; readonly settings: FrameSettings };

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
