import { beginAtLoginAction } from "@/app/(auth)/enrol/actions";
import { BeginsKind } from "@/components/factors/begins-kind";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Say } from "@/lib/messages/say";
import type { BoundKind } from "@/lib/policy/traits";
import { withReturnTo } from "@/lib/web/return-to";

type Props = { readonly kind: BoundKind; readonly say: Say; readonly target: string };

/** One kind that could be set up: a button where that begins it, a link where something has to be typed first. */
export function KindChoice({ kind, say, target }: Props) {
  const { icon, name, offer, BeginForm } = faces[kind];
  const words = (
    <>
      <Icon name={icon} />
      <span>
        <span className="block">{say(name)}</span>
        <span className="block text-sm font-normal text-muted">{say(offer)}</span>
      </span>
    </>
  );
  if (BeginForm !== null) {
    return (
      <ButtonLink look="choice" href={withReturnTo(`/enrol/${kind}`, target)}>
        {words}
      </ButtonLink>
    );
  }
  return (
    <BeginsKind kind={kind} say={say}>
      <ActionForm action={beginAtLoginAction} of={kind}>
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="returnTo" value={target} />
        <SubmitButton look="choice" pending={say("frame.one_moment")}>
          {words}
        </SubmitButton>
      </ActionForm>
    </BeginsKind>
  );
}
