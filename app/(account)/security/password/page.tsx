import type { Metadata } from "next";
import { AccountPage } from "@/app/(account)/account-page";
import { changePasswordAction } from "@/app/(account)/security/password/actions";
import { ActionForm } from "@/components/form/action-form";
import { ChoosePassword } from "@/components/form/choose-password";
import { LoginName } from "@/components/form/login-name";
import { PasswordField } from "@/components/form/password-field";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { minimumLength } from "@/lib/users/password-rules";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("password.page_title") };
}

/** The password, exchanged. */
export default async function PasswordPage() {
  const ctx = await buildContext();
  const person = await freshPage(ctx, "password.change", "/security/password");
  const { say } = await words();
  return (
    <AccountPage person={person}>
      <PageHeader title={say("password.page_title")} back={{ href: "/security", label: say("security.back_link") }}>
        <p>{say("password.page_intro")}</p>
      </PageHeader>
      <Card>
        <ActionForm action={changePasswordAction}>
          <LoginName email={person.email} />
          <PasswordField
            name="current"
            label={say("password.current_label")}
            autoComplete="current-password"
            words={{ show: say("frame.show_password_button"), hide: say("frame.hide_password_button") }}
          />
          <ChoosePassword say={say} label={say("password.new_label")} minimum={minimumLength(person, ctx.now)} />
          <SubmitButton pending={say("frame.one_moment")}>{say("password.submit_button")}</SubmitButton>
        </ActionForm>
      </Card>
    </AccountPage>
  );
}
