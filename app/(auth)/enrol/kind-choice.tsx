import { beginAtLoginAction } from "@/app/(auth)/enrol/actions";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BoundKind } from "@/lib/factors/factor";
import type { Say } from "@/lib/messages/say";

/** One kind that could be set up: a button where that begins it, a link where something has to be typed first. */
export function KindChoice({ kind, say }: { readonly kind: BoundKind; readonly say: Say }) {
  const { icon, name, offer, BeginForm } = faces[kind];
  const words = (
    <>
      <Icon name={icon} />
      <span className="grid text-left">
        <span>{say(name)}</span>
        <span className="text-sm font-normal text-muted">{say(offer)}</span>
      </span>
    </>
  );
  if (BeginForm !== null) {
    return (
      <ButtonLink look="choice" href={`/enrol/${kind}`}>
        {words}
      </ButtonLink>
    );
  }
  return (
    <ActionForm action={beginAtLoginAction}>
      <input type="hidden" name="kind" value={kind} />
      <SubmitButton look="choice" pending={say("frame.one_moment")}>
        {words}
      </SubmitButton>
    </ActionForm>
  );
}
