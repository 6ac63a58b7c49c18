import { ButtonLink } from "@/components/ui/button";
import type { ChallengeView } from "@/lib/challenge/view";
import type { Say } from "@/lib/messages/say";

type Props = {
  readonly purpose: ChallengeView["purpose"];
  /** Where this tab goes afterwards; the challenge's own is the newest tab's. */
  readonly target: string;
  readonly say: Say;
};

/** The way on when the time for the step is over. */
export function BeginAgain({ purpose, target, say }: Props) {
  const beginnings = {
    LOGIN: `/login?returnTo=${encodeURIComponent(target)}`,
    STEP_UP: target,
    RESET: "/forgot-password",
  } as const;
  return (
    <ButtonLink wide href={beginnings[purpose]}>
      {say("challenge.begin_again_link")}
    </ButtonLink>
  );
}
