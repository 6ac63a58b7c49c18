import { ButtonLink } from "@/components/ui/button";
import { isByClosedPassword } from "@/lib/challenge/challenge";
import type { ChallengeView } from "@/lib/challenge/view";
import type { Say } from "@/lib/messages/say";
import { loginPath } from "@/lib/web/return-to";

type Props = {
  readonly view: Pick<ChallengeView, "purpose" | "reason">;
  /** Where this tab goes afterwards; the challenge's own is the newest tab's. */
  readonly target: string;
  readonly say: Say;
};

/** The way on when the time for the step is over. */
export function BeginAgain({ view, target, say }: Props) {
  const beginnings = {
    LOGIN: loginPath(target, false),
    STEP_UP: target,
    RESET: isByClosedPassword(view) ? "/login" : "/forgot-password",
  } as const;
  return (
    <ButtonLink wide href={beginnings[view.purpose]}>
      {say("challenge.begin_again_link")}
    </ButtonLink>
  );
}
