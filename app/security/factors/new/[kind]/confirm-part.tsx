import {
  cancelEnrolmentAction,
  confirmEnrolmentAction,
  sendAgainAction,
} from "@/app/(account)/security/factors/actions";
import { faces } from "@/components/factors/faces";
import { preparedFor } from "@/components/factors/prepared-for";
import { ActionForm } from "@/components/form/action-form";
import { LastTry } from "@/components/form/last-try";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PreparedView } from "@/lib/challenge/view";
import { freeName } from "@/lib/factors/label";
import type { PendingView } from "@/lib/factors/view";
import type { Say } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { foreseen } from "@/lib/pending/foreseen";
import type { BoundKind } from "@/lib/policy/traits";

type Props = {
  readonly kind: BoundKind;
  readonly pending: PendingView;
  readonly prepared: PreparedView | null;
  /** For so many hours the one that is to go works beside the new one; null: it goes with the first code. */
  readonly staysFor: number | null;
  readonly now: Date;
  readonly say: Say;
  readonly language: Language;
};

/** The enrolment that waits for its first code. */
export function ConfirmPart({ kind, pending, prepared, staysFor, now, say, language }: Props) {
  const { EnrolForm, name, setUp } = faces[kind];
  const { id, shown, label, taken, replaces, isLastTry } = pending;
  const hidden = (
    <>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="pending" value={id} />
    </>
  );
  return (
    <>
      <PageHeader title={replaces === null ? say(setUp) : say("factors.replace_title", { label })}>
        {replaces !== null && (
          <p>{staysFor === null ? say("factors.replace_intro") : say("pending.replace_intro", foreseen(staysFor))}</p>
        )}
      </PageHeader>
      <Card>
        <EnrolForm
          action={confirmEnrolmentAction}
          say={say}
          shown={shown}
          defaultLabel={label || freeName(say(name), taken)}
          prepared={preparedFor(prepared, { send: sendAgainAction, now, language })}
          anewHref={`/security/factors/new/${kind}?${replaces === null ? "again=1" : `replaces=${replaces}`}`}
        >
          {hidden}
          {isLastTry && <LastTry text={say("factors.one_left")} />}
        </EnrolForm>
      </Card>
      <ActionForm action={cancelEnrolmentAction}>
        {hidden}
        <div>
          <SubmitButton look="text" pending={say("frame.one_moment")}>
            {say("factors.cancel_button")}
          </SubmitButton>
        </div>
      </ActionForm>
    </>
  );
}
