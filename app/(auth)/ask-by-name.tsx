import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { PageHeader } from "@/components/ui/page-header";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/kernel/form-state";
import type { Say } from "@/lib/messages/say";

type Props = {
  readonly say: Say;
  readonly action: FormAction;
  readonly title: string;
  readonly intro: string;
  readonly button: string;
};

/** A name, and whoever has it gets a letter: one form and one answer for everybody, known or not. */
export function AskByName({ say, action, title, intro, button }: Props) {
  return (
    <>
      <PageHeader title={title}>
        <p>{intro}</p>
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
          {button}
        </SubmitButton>
      </ActionForm>
    </>
  );
}
