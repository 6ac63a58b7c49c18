import type { ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { FormField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/kernel/form-state";

export type RecoveryChallengeWords = {
  readonly codeLabel: string;
  readonly codeHint: string;
  readonly verify: string;
  readonly pending: string;
};

type RecoveryChallengeFormProps = {
  readonly action: FormAction;
  readonly words: RecoveryChallengeWords;
  readonly children?: ReactNode;
};

/** Asks for one code from the paper. The field is called `code`; spaces, dashes and case are forgiven by the server. */
export function RecoveryChallengeForm({ action, words, children }: RecoveryChallengeFormProps) {
  return (
    <ActionForm action={action}>
      {children}
      <FormField
        name="code"
        label={words.codeLabel}
        hint={words.codeHint}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus
      />
      <SubmitButton wide pending={words.pending}>
        {words.verify}
      </SubmitButton>
    </ActionForm>
  );
}
