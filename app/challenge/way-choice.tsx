import { chooseWayAction } from "@/app/(auth)/challenge/actions";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { SubmitButton } from "@/components/ui/submit-button";
import { otpDeliveryOf } from "@/lib/factors/otp-delivery-of";
import type { Say } from "@/lib/messages/say";
import type { FactorKind } from "@/lib/policy/traits";
import { withReturnTo } from "@/lib/web/return-to";

type Props = {
  readonly kind: FactorKind;
  readonly isClosed: boolean;
  readonly say: Say;
  /** Where the tab goes afterwards. */
  readonly target: string;
};

/**
 * One of several ways. Where a code has to be brought first it is a button, because a visit writes nothing; otherwise a link. One that is
 * closed leads nowhere, and says why.
 */
export function WayChoice({ kind, isClosed, say, target }: Props) {
  const { icon, way } = faces[kind];
  if (isClosed) return <ClosedWay kind={kind} say={say} />;
  const words = (
    <>
      <Icon name={icon} />
      <span>{say(way)}</span>
    </>
  );
  if (otpDeliveryOf(kind) === null) {
    return (
      <ButtonLink look="choice" href={withReturnTo(`/challenge/${kind}`, target)}>
        {words}
      </ButtonLink>
    );
  }
  return (
    <ActionForm action={chooseWayAction} of={kind}>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="returnTo" value={target} />
      <SubmitButton look="choice" pending={say("frame.one_moment")}>
        {words}
      </SubmitButton>
    </ActionForm>
  );
}

function ClosedWay({ kind, say }: Pick<Props, "kind" | "say">) {
  const { icon, way } = faces[kind];
  return (
    <div className="beside-drawing flex items-center gap-2 rounded-control border border-line bg-soft px-rim py-2 text-muted">
      <Icon name={icon} />
      <p>
        <span className="block font-semibold">{say(way)}</span>
        <span className="block text-sm">{say("challenge.way_closed")}</span>
      </p>
    </div>
  );
}
