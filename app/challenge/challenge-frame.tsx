import type { ReactNode } from "react";
import { cancelAction } from "@/app/(auth)/challenge/actions";
import { BeginAgain } from "@/app/challenge/begin-again";
import { AuthFrame } from "@/components/layout/auth-frame";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { Addressed } from "@/components/ui/addressed";
import { Button, ButtonLink } from "@/components/ui/button";
import { Countdown } from "@/components/ui/countdown";
import { PageHeader } from "@/components/ui/page-header";
import { timeSlot } from "@/components/ui/time-slot";
import { isByClosedPassword } from "@/lib/challenge/challenge";
import type { ChallengeView } from "@/lib/challenge/view";
import { between, inSeconds } from "@/lib/kernel/duration";
import { languageTags } from "@/lib/messages/say";

type Props = {
  readonly settings: FrameSettings;
  readonly view: ChallengeView;
  readonly now: Date;
  /** Where this tab goes afterwards. */
  readonly target: string;
  /** The heading and the sentence below it, where the page does more than ask for a proof. */
  readonly heading?: { readonly title: string; readonly why: string };
  /** The way to the list of ways, where there is another one than the page shows. */
  readonly otherWay?: { readonly href: string; readonly label: string } | null;
  readonly isWide?: boolean;
  readonly children: ReactNode;
};

const whys = {
  LOGIN: "challenge.why_login",
  STEP_UP: "challenge.why_step_up",
  RESET: "challenge.why_reset",
} as const;

const whyOf = (view: ChallengeView) => (isByClosedPassword(view) ? "challenge.why_reset_locked" : whys[view.purpose]);

/** What every page of the second door shares: who, why, how long, and the way out. */
export function ChallengeFrame({
  settings,
  view,
  now,
  target,
  heading,
  otherWay = null,
  isWide = false,
  children,
}: Props) {
  const { say } = settings;
  return (
    <AuthFrame settings={settings} door={2} isWide={isWide}>
      <PageHeader title={heading?.title ?? say("challenge.page_title")}>
        <p>
          <Addressed text={heading?.why ?? say(whyOf(view), { who: view.who })} />
        </p>
      </PageHeader>
      {children}
      <div>
        <div className="flex flex-wrap items-center justify-between gap-x-6">
          {otherWay && (
            <ButtonLink look="text" href={otherWay.href}>
              {otherWay.label}
            </ButtonLink>
          )}
          <form action={cancelAction}>
            <Button type="submit" look="text">
              {say("challenge.cancel_button")}
            </Button>
          </form>
        </div>
        <TimeLeft view={view} now={now} target={target} settings={settings} />
      </div>
    </AuthFrame>
  );
}

/** Until when, counted down towards the end, and the way to begin again after it. */
function TimeLeft({ view, now, target, settings }: Pick<Props, "view" | "now" | "target" | "settings">) {
  const { say, language } = settings;
  return (
    // its line is kept while there is nothing to say: close below the links, and half in the room that the card has there anyway
    <div className="group -mb-3 grid gap-2 has-data-over:mt-2 has-data-over:mb-0 noscript:mt-2 noscript:mb-0">
      <Countdown
        seconds={inSeconds(between(now, view.expiresAt))}
        showBelow={90}
        language={languageTags[language]}
        words={{ left: say("challenge.time_left", { time: timeSlot }), over: say("challenge.time_over") }}
        fixed={say("challenge.time_until", { at: view.expiresAt })}
      />
      <div className="hidden group-has-data-over:block">
        <BeginAgain view={view} target={target} say={say} />
      </div>
    </div>
  );
}
