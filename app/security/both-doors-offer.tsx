import { declineOfferAction } from "@/app/(account)/security/actions";
import { beginEnrolmentAction } from "@/app/(account)/security/factors/actions";
import { BeginsKind } from "@/components/factors/begins-kind";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { Alert } from "@/components/ui/alert";
import { SubmitButton } from "@/components/ui/submit-button";
import { bothDoorsOffered, type Offered } from "@/lib/account/both-doors";
import type { Overview } from "@/lib/account/read-overview";
import type { Say } from "@/lib/messages/say";
import { readCookie } from "@/lib/web/cookie-jar";
import type { Person } from "@/lib/web/guard";

/** What is offered in this browser after a login: nothing on a computer that others use too, nor for a season after "not now". */
export async function offerAfterLogin(overview: Overview, { deviceId }: Person): Promise<Offered | null> {
  const offered = bothDoorsOffered(overview);
  if (offered === null || deviceId === null) return null;
  return (await readCookie("offer-declined")) === undefined ? offered : null;
}

/** The offer itself: the page's one next step while it stands there. */
export function BothDoorsOffer({ kind, text, say }: Offered & { readonly say: Say }) {
  return (
    <Alert tone="note">
      <p>{say(text)}</p>
      <div className="flex flex-wrap gap-x-6">
        <BeginsKind kind={kind} say={say}>
          <ActionForm action={beginEnrolmentAction} of="offer">
            <input type="hidden" name="kind" value={kind} />
            <SubmitButton look="text" pending={say("frame.one_moment")}>
              {say(faces[kind].setUp)}
            </SubmitButton>
          </ActionForm>
        </BeginsKind>
        <form action={declineOfferAction}>
          <SubmitButton look="text" pending={say("frame.one_moment")}>
            {say("security.not_now_button")}
          </SubmitButton>
        </form>
      </div>
    </Alert>
  );
}
