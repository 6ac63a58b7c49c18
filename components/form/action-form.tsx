"use client";

import { useSearchParams } from "next/navigation";
import { type ReactNode, type RefObject, useActionState, useEffect, useRef } from "react";
import { FormContext, keepsPassword } from "@/components/form/form-context";
import { documentLanguage, lineFault, lineSentence } from "@/components/form/line-fault";
import { Alert } from "@/components/ui/alert";
import { ButtonLink } from "@/components/ui/button";
import { type FormAction, type FormFault, idle } from "@/lib/kernel/form-state";
import { faultMessages } from "@/lib/messages/fault";

type ActionFormProps = {
  readonly action: FormAction;
  readonly children: ReactNode;
  /** Names the form for screen readers, where a page has several. */
  readonly label?: string;
  /** Of which of several it is, where a page has several forms of one action: an answer then finds its own. */
  readonly of?: string;
};

/**
 * The one form of the house. An error stands beside its field; one that belongs to no field of this form stands on top.
 * Typed text comes back from the server (`kept`), codes and passwords come back empty: React resets the form. With scripts a password stays
 * where another field was wrong. Without scripts it is a plain POST and the page comes back with the same answer in it. The browser's own complaints are
 * switched off, so that both languages and both ways get the same sentence. When no answer of the portal's comes, nothing is emptied: codes and
 * passwords stay too, because nobody has judged them.
 */
export function ActionForm({ action, children, label, of }: ActionFormProps) {
  const typed = useRef<FormData>(null);
  const asked = useSearchParams();
  const [state, submit] = useActionState(isServer ? action : reaching(action, typed), idle, addressOf(of, asked));
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.status !== "error") return;
    putBack(form.current, typed.current, state);
    focusOn(form.current);
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

/**
 * Where a form without scripts is sent: to its own page, with what that was asked for. By this React also finds the form again to which an answer belongs; else it goes by the place in the tree of components, and where the
 * next version has another tree, somebody who mistyped in a page of the version before would come back to a form without a word. No fragment: a browser would carry it along through every redirect.
 */
function addressOf(of: string | undefined, asked: Iterable<readonly [string, string]> | null): string {
  if (of === undefined) return "";
  const wanted = [...(asked ?? [])].filter(([name]) => name !== "of");
  return `?${new URLSearchParams([...wanted.map(([name, value]) => [name, value]), ["of", of]])}`;
}

/** Where pages are rendered: there the action itself is the form's, so that it works without scripts. */
const isServer = typeof window === "undefined";

/** The action, and a state for when nothing of the portal's comes back; `typed` remembers what React's reset of the form would take away. */
function reaching(action: FormAction, typed: RefObject<FormData | null>): FormAction {
  return async (_previous, form) => {
    typed.current = form;
    try {
      return await action(idle, form);
    } catch (thrown) {
      const fault = lineFault(thrown);
      if (fault === null) throw thrown;
      const language = documentLanguage();
      const reload = { href: window.location.href, label: faultMessages["fault.reload_link"][language] };
      const onward = fault === "outdated" ? { onward: reload } : {};
      return { status: "error", ...lineSentence(fault, language), isUnanswered: true, ...onward };
    }
  };
}

/**
 * Fills a form again as it was sent: all of it where nobody has judged it, else the passwords that were not what is wrong. Without a word to whatever listens to
 * typing: a code must not send itself a second time.
 */
function putBack(form: HTMLFormElement | null, typed: FormData | null, state: FormFault) {
  for (const [name, value] of typed ?? []) {
    const control = form?.elements.namedItem(name);
    if (!(control instanceof HTMLInputElement) || control.type === "hidden") continue;
    if (!state.isUnanswered && !(control.matches(passwords) && keepsPassword(state, name))) continue;
    if (control.type === "checkbox") control.checked = true;
    else control.value = String(value);
  }
}

const passwords = "input[autocomplete$='password']";

/** What the server's answer may have emptied: passwords and codes. */
const emptied = `${passwords}, input[autocomplete='one-time-code']`;

/** Where the work goes on after an error: the first field that is wrong, or that was emptied, else the sentence itself. */
function focusOn(form: HTMLFormElement | null) {
  const wrong = form?.querySelector<HTMLElement>("[aria-invalid='true']");
  const empty = [...(form?.querySelectorAll<HTMLInputElement>(emptied) ?? [])].find(({ value }) => value === "");
  const target = wrong ?? empty ?? form?.querySelector<HTMLElement>("[role='alert']");
  target?.focus();
}
