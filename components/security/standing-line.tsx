import { StatusLine } from "@/components/security/status-line";
import { ButtonLink } from "@/components/ui/button";
import type { NextStep, Standing, StandingName } from "@/lib/account/standing";
import type { MessageId } from "@/lib/messages/catalogue";
import type { Say } from "@/lib/messages/say";

type Props = { readonly standing: Standing; readonly say: Say };

/** How the account stands, in one sentence, and the one thing to do about it, where there is one. */
export function StandingLine({ standing, say }: Props) {
  const { is, step } = standing;
  return (
    <>
      <StatusLine tone={is === "good" || is === "one_way" ? "good" : "attention"}>
        {sentences[is](standing, say)}
      </StatusLine>
      {step && (
        <ButtonLink look="text" href={step.href}>
          {say(steps[step.does])}
        </ButtonLink>
      )}
    </>
  );
}

const sentences: Readonly<Record<StandingName, (standing: Standing, say: Say) => string>> = {
  bare: (_, say) => say("security.unprotected"),
  all_closed: ({ closed, codes }, say) => say("security.all_closed", { count: closed, codes }),
  some_closed: ({ closed }, say) => say("security.some_closed", { count: closed }),
  closed_elsewhere: ({ closed }, say) => say("security.closed_elsewhere", { count: closed }),
  mailbox_alone: (_, say) => say("security.mailbox_alone"),
  no_codes: ({ open }, say) => say("security.no_codes", { factors: open }),
  unsaved_codes: ({ open, unsaved }, say) => say("security.unsaved_codes", { factors: open, unsaved }),
  one_way: ({ open, codes }, say) => say("security.protected", { factors: open, codes }),
  few_codes: ({ open, codes }, say) => say("security.few_codes", { factors: open, codes }),
  good: ({ open, codes }, say) => say("security.protected", { factors: open, codes }),
};

const steps = {
  add_first: "security.add_first_link",
  add_stronger: "security.add_stronger_link",
  add_second: "security.add_second_link",
  set_up_again: "security.set_up_again_link",
  make_codes: "security.make_codes_link",
  make_codes_again: "security.make_codes_again_link",
} as const satisfies Record<NextStep["does"], MessageId>;
