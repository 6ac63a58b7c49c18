import type { ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { AuthFrame } from "@/components/layout/auth-frame";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { Addressed } from "@/components/ui/addressed";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/kernel/form-state";

type Titled = { readonly settings: FrameSettings; readonly title: string; readonly text: string };

/** A page behind a letter's link: what the letter was about, and what may be pressed. Coming here changes nothing: mail scanners open every link. */
export function LetterPage({ settings, title, text, children }: Titled & { readonly children: ReactNode }) {
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={title}>
        <p>
          <Addressed text={text} />
        </p>
      </PageHeader>
      {children}
    </AuthFrame>
  );
}

type Pressed = {
  readonly settings: FrameSettings;
  readonly action: FormAction;
  /** What stands behind the last slash of the link: it travels back with the button, and nowhere else. */
  readonly token: string;
  readonly label: string;
  /** What it does takes something away. */
  readonly isDanger?: boolean;
};

/** The one button of such a page. */
export function LetterButton({ settings: { say }, action, token, label, isDanger = false }: Pressed) {
  return (
    <ActionForm action={action}>
      <input type="hidden" name="link" value={token} />
      <SubmitButton wide look={isDanger ? "danger" : "primary"} pending={say("frame.one_moment")}>
        {label}
      </SubmitButton>
    </ActionForm>
  );
}

type Onward = { readonly href: string; readonly label: string };

type Closed = Titled & { readonly onward?: Onward; readonly otherwise?: Onward };

/** What the page says of a link that opens nothing any more, and where it goes on: to the login, unless said otherwise; `otherwise`: a second way, for few. */
export function ClosedLetterPage({ onward, otherwise, ...titled }: Closed) {
  const { href, label } = onward ?? { href: "/login", label: titled.settings.say("challenge.again_link") };
  return (
    <LetterPage {...titled}>
      <ButtonLink wide href={href}>
        {label}
      </ButtonLink>
      {otherwise && (
        <ButtonLink wide look="quiet" href={otherwise.href}>
          {otherwise.label}
        </ButtonLink>
      )}
    </LetterPage>
  );
}
