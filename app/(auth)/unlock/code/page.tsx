import type { Metadata } from "next";
import { NoLetters } from "@/app/(auth)/no-letters";
import { typeUnlockCodeAction } from "@/app/(auth)/unlock/actions";
import { frameSettings } from "@/app/preferences/frame-settings";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { AuthFrame } from "@/components/layout/auth-frame";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import { canLeave } from "@/lib/letters/queue-letters";
import type { Say } from "@/lib/messages/say";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say("unlock.code_title") };
}

/** Where the browser that asked waits for the letter's code. */
export default async function UnlockCodePage() {
  const settings = await frameSettings();
  return (
    <AuthFrame settings={settings}>
      {canLeave("mail") ? <TypeCode say={settings.say} /> : <NoLetters settings={settings} of="waiting" />}
    </AuthFrame>
  );
}

function TypeCode({ say }: { readonly say: Say }) {
  return (
    <>
      <PageHeader title={say("unlock.code_title")}>
        <p>{say("unlock.code_intro")}</p>
      </PageHeader>
      <ActionForm action={typeUnlockCodeAction}>
        <FormField
          name="code"
          label={say("unlock.code_label")}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
        />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say("unlock.code_button")}
        </SubmitButton>
      </ActionForm>
      <div>
        <ButtonLink look="text" href="/unlock">
          {say("reset.again_link")}
        </ButtonLink>
      </div>
    </>
  );
}
