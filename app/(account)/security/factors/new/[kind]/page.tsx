import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { AccountPage } from "@/app/(account)/account-page";
import { cancelEnrolmentAction, confirmEnrolmentAction } from "@/app/(account)/security/factors/actions";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { isBoundKind } from "@/lib/factors/factor";
import { findPendingView } from "@/lib/factors/list-factors";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("factors.enrol_title") };
}

/** Shows the pending enrolment. It was begun by a button; this page writes nothing. */
export default async function EnrolPage({ params }: { readonly params: Promise<{ readonly kind: string }> }) {
  const { kind } = await params;
  if (!isBoundKind(kind)) notFound();
  const ctx = await buildContext();
  const person = await freshPage(ctx, "factor.add", `/security/factors/new/${kind}`);
  const pending = await findPendingView(ctx, person, kind);
  const { EnrolForm, name } = faces[kind];
  if (!pending || !EnrolForm) redirect("/security/factors/new");
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <PageHeader title={say(pending.replacing ? "factors.replace_title" : "factors.enrol_title")}>
        {pending.replacing && <p>{say("factors.replace_intro")}</p>}
      </PageHeader>
      <Card>
        <EnrolForm
          action={confirmEnrolmentAction}
          say={say}
          shown={pending.shown}
          defaultLabel={pending.label || say(name)}
        >
          <input type="hidden" name="kind" value={kind} />
        </EnrolForm>
      </Card>
      <ActionForm action={cancelEnrolmentAction}>
        <input type="hidden" name="kind" value={kind} />
        <div>
          <SubmitButton look="text" pending={say("frame.one_moment")}>
            {say("factors.cancel_button")}
          </SubmitButton>
        </div>
      </ActionForm>
    </AccountPage>
  );
}
