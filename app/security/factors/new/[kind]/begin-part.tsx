import { beginEnrolmentAction } from "@/app/(account)/security/factors/actions";
import type { BoundFace } from "@/components/factors/face";
import { faces } from "@/components/factors/faces";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import type { FactorView } from "@/lib/factors/view";
import type { Say } from "@/lib/messages/say";
import { foreseen } from "@/lib/pending/foreseen";
import type { BoundKind } from "@/lib/policy/traits";

type Props = {
  readonly kind: BoundKind;
  readonly BeginForm: NonNullable<BoundFace["BeginForm"]>;
  /** The factor that the new one takes the place of, if it does. */
  readonly replaced: FactorView | null;
  /** For so many hours that one works beside the new one; null: it goes with the first code. */
  readonly staysFor: number | null;
  readonly ownAddress: string;
  readonly say: Say;
};

/** What the enrolment begins with: an address to be proven. */
export function BeginPart({ kind, BeginForm, replaced, staysFor, ownAddress, say }: Props) {
  const back = replaced
    ? { href: `/security/factors/${replaced.id}`, label: replaced.label }
    : { href: "/security/factors/new", label: say("factors.new_title") };
  return (
    <>
      <PageHeader
        title={replaced ? say("factors.replace_title", { label: replaced.label }) : say(faces[kind].setUp)}
        back={back}
      >
        {replaced && (
          <p>{staysFor === null ? say("factors.replace_intro") : say("pending.replace_intro", foreseen(staysFor))}</p>
        )}
      </PageHeader>
      <Card>
        <BeginForm action={beginEnrolmentAction} say={say} ownAddress={replaced ? null : ownAddress}>
          <input type="hidden" name="kind" value={kind} />
          {replaced && <input type="hidden" name="replaces" value={replaced.id} />}
        </BeginForm>
      </Card>
    </>
  );
}
