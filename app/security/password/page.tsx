import type { Metadata } from "next";
import { AccountPage } from "@/app/_account/account-page";
import { changePasswordAction } from "@/app/(account)/security/password/actions";
import { ActionForm } from "@/components/form/action-form";
import { ChoosePassword } from "@/components/form/choose-password";
import { LoginName } from "@/components/form/login-name";
import { PasswordField } from "@/components/form/password-field";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { minimumLength } from "@/lib/users/password-rules";
import { buildContext } from "@/lib/web/build-context";
import { freshPage } from "@/lib/web/guard";
import { saidHere } from "@/lib/web/said";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("password.page_title") };
}

/** The password, exchanged. */
export default async function PasswordPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, unknown>>;
}) {
  const ctx = await buildContext();
  const { done, ended: login = "", out: browser = "" } = await saidHere("/security/password", await searchParams);
  const isDisowning = done === "not-me";
  const own = `/security/password${isDisowning ? `?done=not-me&ended=${login}&out=${browser}` : ""}`;
  const person = await freshPage(ctx, "password.change", own);
  const { say } = await words();
  return (
    <AccountPage person={person}>
      {isDisowning && <Alert tone="warning">{say("activity.not_me_done", { login, browser })}</Alert>}
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
            words={{
              show: say("frame.show_current_password_button"),
              hide: say("frame.hide_current_password_button"),
            }}
          />
          <ChoosePassword say={say} of="account" minimum={minimumLength(person, ctx.now)} />
          <SubmitButton pending={say("frame.one_moment")}>{say("password.submit_button")}</SubmitButton>
        </ActionForm>
      </Card>
      {person.session.kinds.length > 0 && (
        <ButtonLink look="text" href="/security/password/forgotten">
          {say("password.forgot_link")}
        </ButtonLink>
      )}
    </AccountPage>
  );
}
