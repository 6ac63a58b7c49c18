import type { Metadata } from "next";
import { NoLetters } from "@/app/_doors/no-letters";
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
import { readCookie } from "@/lib/web/cookie-jar";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words()).say((await hasAsked()) ? "unlock.code_title" : "unlock.not_asked_title") };
}

/** Any browser that asked has it, whoever was named: this tells nothing of accounts. */
const hasAsked = async () => (await readCookie("unlock")) !== undefined;

/** Where the browser that asked waits for the letter's code; in any other no code is right, and it says so before anybody types one. */
export default async function UnlockCodePage() {
  const settings = await frameSettings();
  if (!canLeave("mail"))
    return (
      <AuthFrame settings={settings}>
        <NoLetters settings={settings} of="waiting" />
      </AuthFrame>
    );
  const { say } = settings;
  return (
    <AuthFrame settings={settings}>
      {(await hasAsked()) ? <TypeCode say={say} /> : <NotAsked say={say} />}
      <div>
        <ButtonLink look="text" href="/unlock">
          {say("reset.again_link")}
        </ButtonLink>
      </div>
    </AuthFrame>
  );
}

function NotAsked({ say }: { readonly say: Say }) {
  return (
    <PageHeader title={say("unlock.not_asked_title")}>
      <p>{say("unlock.not_asked")}</p>
    </PageHeader>
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
    </>
  );
}
