import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { setPasswordAction } from "@/app/(account)/security/password/actions";
import { ActionForm } from "@/components/form/action-form";
import { ChoosePassword } from "@/components/form/choose-password";
import { LoginName } from "@/components/form/login-name";
import { Alert } from "@/components/ui/alert";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { hoursOf } from "@/lib/pending/ask-for-change";
import { foreseen } from "@/lib/pending/foreseen";
import { setPasswordKind } from "@/lib/pending/kinds/set-password";
import { minimumLength } from "@/lib/users/password-rules";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("password.set_title") };
}

/** A new password for somebody who is in and has forgotten the current one: it waits. */
export default async function ForgottenPage() {
  const ctx = await buildContext();
  const person = await freshPage(ctx, "password.change", "/security/password/forgotten");
  const { say } = await words();
  const back = { href: "/security/password", label: say("password.page_title") };
  return (
    <AccountPage person={person}>
      <PageHeader title={say("password.set_title")} back={back}>
        <p>{say("password.set_intro", foreseen(hoursOf(setPasswordKind)))}</p>
      </PageHeader>
      {person.session.kinds.length === 0 ? (
        <Alert tone="warning">{say("pending.no_factor")}</Alert>
      ) : (
        <Card>
          <ActionForm action={setPasswordAction}>
            <LoginName email={person.email} />
            <ChoosePassword say={say} of="account" minimum={minimumLength(person, ctx.now)} />
            <SubmitButton pending={say("frame.one_moment")}>{say("password.set_button")}</SubmitButton>
          </ActionForm>
        </Card>
      )}
    </AccountPage>
  );
}
