import type { Metadata } from "next";
import { AccountPage } from "@/app/(account)/account-page";
import { beginEnrolmentAction } from "@/app/(account)/security/factors/actions";
import { faces } from "@/components/factors/faces";
import { ActionForm } from "@/components/form/action-form";
import { CardShell } from "@/components/security/card-shell";
import { Alert } from "@/components/ui/alert";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { boundKinds } from "@/lib/factors/factor";
import { buildContext } from "@/lib/web/build-context";
import { enrolling, mustStillEnrol } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("factors.new_title") };
}

/** Which factor would you like? */
export default async function NewFactorPage() {
  const person = await enrolling(await buildContext());
  const { say } = await words();
  const must = mustStillEnrol(person.session);
  return (
    <AccountPage person={person}>
      {must && <Alert tone="warning">{say("security.must_enrol")}</Alert>}
      <PageHeader
        title={say("factors.new_title")}
        {...(must ? {} : { back: { href: "/security", label: say("security.back_link") } })}
      >
        <p>{say("factors.new_intro")}</p>
      </PageHeader>
      {boundKinds.map((kind) => (
        <CardShell
          key={kind}
          title={say(faces[kind].name)}
          status={null}
          action={
            <ActionForm action={beginEnrolmentAction}>
              <input type="hidden" name="kind" value={kind} />
              <SubmitButton pending={say("frame.one_moment")}>{say("factors.start_button")}</SubmitButton>
            </ActionForm>
          }
        />
      ))}
    </AccountPage>
  );
}
