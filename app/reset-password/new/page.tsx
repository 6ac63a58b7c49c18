import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { setNewPasswordAction } from "@/app/(auth)/reset-password/new/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { RecentFactors } from "@/app/reset-password/new/recent-factors";
import { ActionForm } from "@/components/form/action-form";
import { ChoosePassword } from "@/components/form/choose-password";
import { LoginName } from "@/components/form/login-name";
import { AuthFrame } from "@/components/layout/auth-frame";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { readChoosing } from "@/lib/resets/choosing";
import { minimumLength } from "@/lib/users/password-rules";
import { buildContext } from "@/lib/web/build-context";
import { betweenDoors } from "@/lib/web/guard";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("reset.choose_title") };
}

/** The end of a forgotten password: for whoever has confirmed that it is them, in this browser, within ten minutes. */
export default async function NewPasswordPage() {
  const ctx = await buildContext();
  const { pass } = await betweenDoors();
  const view = pass && (await readChoosing(ctx, pass));
  if (!view) redirect("/challenge/expired");
  const settings = await frameSettings();
  const { say } = settings;
  const { account, recent, codes } = view;
  return (
    <AuthFrame settings={settings}>
      <PageHeader title={say("reset.choose_title")}>
        <p>{say("reset.choose_intro")}</p>
      </PageHeader>
      <ActionForm action={setNewPasswordAction}>
        <LoginName email={account.email} />
        <ChoosePassword say={say} of="account" minimum={minimumLength(account, ctx.now)} />
        {(recent.length > 0 || codes !== null) && <RecentFactors recent={recent} codes={codes} settings={settings} />}
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("reset.choose_button")}
        </SubmitButton>
      </ActionForm>
    </AuthFrame>
  );
}
