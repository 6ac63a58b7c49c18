import { declineOfferAction } from "@/app/(account)/security/actions";
import { beginEnrolmentAction } from "@/app/(account)/security/factors/actions";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { Alert } from "@/components/ui/alert";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Overview } from "@/lib/account/read-overview";
import { leavesRoomForOffer, standingOf } from "@/lib/account/standing";
import type { Say } from "@/lib/messages/say";
import { type BoundKind, traits } from "@/lib/policy/traits";
import { readCookie } from "@/lib/web/cookie-jar";
import type { Person } from "@/lib/web/guard";

/**
 * The kind that opens both doors at once, where it is offered after a login: to whoever has none, never on a computer that others use too, and not for a season after "not now". Who owes policy
 * something, or has something else to do first, reads that instead.
 */
export async function kindToOffer(overview: Overview, person: Person): Promise<BoundKind | null> {
  const { onOffer, factors, coming } = overview;
  const kind = onOffer.find((one) => traits[one].standsAlone);
  const isIn = kind === undefined || factors.some((factor) => factor.kind === kind && factor.isAnswerable);
  if (isIn || coming !== null || person.deviceId === null || !leavesRoomForOffer(standingOf(overview))) return null;
  return (await readCookie("offer-declined")) === undefined ? kind : null;
}

/** The offer itself: the page's one next step while it stands there. */
export function BothDoorsOffer({ kind, say }: { readonly kind: BoundKind; readonly say: Say }) {
  return (
    <Alert tone="note">
      <p>{say("security.both_doors_text")}</p>
      <div className="flex flex-wrap gap-x-6">
        <ActionForm action={beginEnrolmentAction} of="offer">
          <input type="hidden" name="kind" value={kind} />
          <SubmitButton look="text" pending={say("frame.one_moment")}>
            {say(faces[kind].setUp)}
          </SubmitButton>
        </ActionForm>
        <form action={declineOfferAction}>
          <SubmitButton look="text" pending={say("frame.one_moment")}>
            {say("security.not_now_button")}
          </SubmitButton>
        </form>
      </div>
    </Alert>
  );
}
