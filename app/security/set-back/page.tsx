import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AccountPage } from "@/app/_account/account-page";
import { acknowledgeSetBackAction } from "@/app/(account)/security/set-back/actions";
import { ActionForm } from "@/components/form/action-form";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { buildContext } from "@/lib/web/build-context";
import { enrolling } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("set_back.page_title") };
}

/** What a restore undid, before anything else: only the person knows what they had changed. Its guard is the one of enrolment, since the others lead here. */
export default async function SetBackPage() {
  const person = await enrolling(await buildContext());
  const to = person.session.setBackTo;
  if (to === null) redirect("/security");
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <PageHeader title={say("set_back.page_title")}>
        <p>{say("set_back.intro", { to })}</p>
      </PageHeader>
      <Card>
        <div className="grid gap-5">
          <ul className="grid max-w-column list-disc gap-2 pl-6">
            <li>{say("set_back.password")}</li>
            <li>{say("set_back.factors")}</li>
            <li>{say("set_back.codes")}</li>
          </ul>
          <ActionForm action={acknowledgeSetBackAction}>
            <SubmitButton pending={say("frame.one_moment")}>{say("set_back.button")}</SubmitButton>
          </ActionForm>
        </div>
      </Card>
    </AccountPage>
  );
}
