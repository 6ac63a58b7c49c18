"use client";

import { type ReactNode, useActionState, useEffect, useRef } from "react";
import { FormContext } from "@/components/form/form-context";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { type FormAction, idle } from "@/lib/kernel/form-state";

type ActionFormProps = {
  readonly action: FormAction;
  readonly children: ReactNode;
  /** Names the form for screen readers, where a page has several. */
  readonly label?: string;
};

/**
 * The one form of the house. An error stands beside its field; one that belongs to no field of this form stands on top.
 * Typed text comes back from the server (`kept`), codes and passwords come back empty: React resets the form. Without
 * scripts it is a plain POST and the page comes back with the same answer in it. The browser's own complaints are
 * switched off, so that both languages and both ways get the same sentence.
 */
export function ActionForm({ action, children, label }: ActionFormProps) {
  const [state, submit] = useActionState(action, idle);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.status === "error") focusOn(form.current);
  }, [state]);
  return (
    <form ref={form} action={submit} aria-label={label} noValidate className="grid max-w-column gap-5">
      {state.status === "error" && (
        <div className="unless-beside-field:hidden">
          <Alert tone="error">
            {state.text}
            {state.onward && (
              <div>
                <ButtonLink look="text" href={state.onward.href}>
                  {state.onward.label}
                </ButtonLink>
              </div>
            )}
          </Alert>
        </div>
      )}
      {state.status === "done" && state.text && <Alert tone="success">{state.text}</Alert>}
      <FormContext value={state}>{children}</FormContext>
    </form>
  );
}

/** Where the work goes on after an error: the first field that is wrong, else the sentence itself. */
function focusOn(form: HTMLFormElement | null) {
  const wrong = form?.querySelector<HTMLElement>("[aria-invalid='true']");
  const target = wrong ?? form?.querySelector<HTMLElement>("[role='alert']");
  target?.focus();
}
