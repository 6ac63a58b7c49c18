import { chooseWayAction } from "@/app/(auth)/challenge/actions";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FactorKind } from "@/lib/factors/factor";
import { strategies } from "@/lib/factors/registry";
import type { Say } from "@/lib/messages/say";

/** One of several ways. Where a code has to be brought first it is a button, because a visit writes nothing; otherwise a link. */
export function WayChoice({ kind, say }: { readonly kind: FactorKind; readonly say: Say }) {
  const { icon, way } = faces[kind];
  const words = (
    <>
      <Icon name={icon} />
      {say(way)}
    </>
  );
  if (strategies[kind].delivery === null) {
    return (
      <ButtonLink look="choice" href={`/challenge/${kind}`}>
        {words}
      </ButtonLink>
    );
  }
  return (
    <ActionForm action={chooseWayAction}>
      <input type="hidden" name="kind" value={kind} />
      <SubmitButton look="choice" pending={say("frame.one_moment")}>
        {words}
      </SubmitButton>
    </ActionForm>
  );
}
