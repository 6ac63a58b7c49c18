import { type LetterFor, NoLetters } from "@/app/_doors/no-letters";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import type { FrameSettings } from "@/components/layout/frame-settings";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/kernel/form-state";
import { canLeave } from "@/lib/letters/queue-letters";
import type { MessageId } from "@/lib/messages/catalogue";

const sentences = {
  forgotten: ["reset.forgot_title", "reset.forgot_intro", "reset.forgot_button"],
  waiting: ["unlock.ask_title", "unlock.ask_intro", "unlock.ask_button"],
} as const satisfies Record<LetterFor, readonly [MessageId, MessageId, MessageId]>;

type Props = { readonly settings: FrameSettings; readonly action: FormAction; readonly of: LetterFor };

/** A name, and whoever has it gets a letter: one form and one answer for everybody, known or not. Nothing is asked where no letter can leave. */
export function AskByName({ settings, action, of }: Props) {
  if (!canLeave("mail")) return <NoLetters settings={settings} of={of} />;
  const { say } = settings;
  const [title, intro, button] = sentences[of];
  return (
    <>
      <PageHeader title={say(title)}>
        <p>{say(intro)}</p>
      </PageHeader>
      <ActionForm action={action}>
        <FormField
          name="identifier"
          label={say("login.identifier_label")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
        <SubmitButton wide pending={say("frame.one_moment")}>
          {say(button)}
        </SubmitButton>
      </ActionForm>
    </>
  );
}
