import type { ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { CodeField } from "@/components/form/code-field";
import { FormField } from "@/components/form/form-field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/kernel/form-state";
import type { MessageId } from "@/lib/messages/catalogue";
import type { Say } from "@/lib/messages/say";

type Props = {
  readonly action: FormAction;
  readonly say: Say;
  readonly code: { readonly digits: number; readonly label: MessageId; readonly hint: MessageId };
  /** What is bound by the code gets a name, this one unless the person gives another; null: the code answers, and binds nothing. */
  readonly binds: string | null;
  /** False where something else is to be looked at first. */
  readonly autoFocus?: boolean;
  /** What may be said beside the code. */
  readonly beside?: ReactNode;
  /** The page's own hidden fields. */
  readonly children: ReactNode;
};

/** Asks for a code of digits. The fields are `code` and, where it binds something, `label`. */
export function CodeForm({ action, say, code, binds, autoFocus = true, beside, children }: Props) {
  return (
    <ActionForm action={action}>
      {children}
      {binds !== null && (
        <FormField
          name="label"
          label={say("factors.label_label")}
          hint={say("factors.label_hint")}
          defaultValue={binds}
          autoComplete="off"
        />
      )}
      <CodeField
        name="code"
        digits={code.digits}
        label={say(code.label)}
        hint={say(code.hint)}
        sendsItself={say("frame.sends_itself")}
        autoFocus={autoFocus}
      />
      {beside}
      <SubmitButton wide pending={say("frame.one_moment")}>
        {say(binds === null ? "challenge.verify_button" : "factors.confirm_button")}
      </SubmitButton>
    </ActionForm>
  );
}
