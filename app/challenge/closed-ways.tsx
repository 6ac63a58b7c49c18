import { faces } from "@/components/factors/faces";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import type { FactorKind } from "@/lib/policy/traits";

type Props = {
  readonly closed: readonly FactorKind[];
  /** Nothing else is left to confirm with. */
  readonly isOnly: boolean;
  readonly settings: FrameSettings;
};

/** Which ways are closed after too many wrong codes: told before anybody types into them. */
export function ClosedWays({ closed, isOnly, settings: { say, brand } }: Props) {
  if (isOnly) {
    return (
      <>
        <Alert tone="warning">{say("challenge.all_closed")}</Alert>
        {brand.support && (
          <ButtonLink wide look="quiet" href={brand.support}>
            {say("frame.support_link")}
          </ButtonLink>
        )}
      </>
    );
  }
  return closed.map((kind) => (
    <Alert key={kind} tone="warning">
      {say("challenge.closed_note", { way: say(faces[kind].name) })}
    </Alert>
  ));
}
