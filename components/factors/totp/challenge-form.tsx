import type { ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { CodeField } from "@/components/form/code-field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/kernel/form-state";
import { policy } from "@/lib/policy/policy";

export type TotpChallengeWords = {
  readonly codeLabel: string;
  readonly codeHint: string;
  /** "It is sent by itself after the last digit." */
  readonly sendsItself: string;
  readonly verify: string;
  readonly pending: string;
};

type TotpChallengeFormProps = {
  readonly action: FormAction;
  readonly words: TotpChallengeWords;
  /** Hidden fields, where the action wants some. */
  readonly children?: ReactNode;
};

/** Asks for the six digits that the app shows now. The field is called `code`. */
export function TotpChallengeForm({ action, words, children }: TotpChallengeFormProps) {
  return (
    <ActionForm action={action}>
      {children}
      <CodeField
        name="code"
        digits={policy.totp.digits}
        label={words.codeLabel}
        hint={words.codeHint}
        sendsItself={words.sendsItself}
        autoFocus
      />
      <SubmitButton wide pending={words.pending}>
        {words.verify}
      </SubmitButton>
    </ActionForm>
  );
}
