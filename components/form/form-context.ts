"use client";

import { createContext, use, useId, useState } from "react";
import { type FormFault, type FormState, idle } from "@/lib/kernel/form-state";

export const FormContext = createContext<FormState>(idle);

/** What the server last answered to the form around the caller. */
export function useFormState(): FormState {
  return use(FormContext);
}

type FieldState = {
  readonly id: string;
  /** What is wrong with it, until somebody begins to mend it: a sentence about what stands there no more would be untrue. */
  readonly error: string | undefined;
  /** It was wrong, and has been typed into since. */
  readonly isMended: boolean;
  readonly onInput: () => void;
  readonly kept: string | undefined;
  readonly autoFocus: boolean | undefined;
};

/**
 * What a field shows of that answer: its own error, and what was typed into it before. `wish` is whether it would like
 * the focus on a fresh page; after an error the wrong field has it, or where none is named what was emptied (`isEmptied`), and without scripts
 * the browser sees to that.
 */
export function useFieldState(name: string, wish: boolean | undefined, isEmptied = false): FieldState {
  const id = useId();
  const state = useFormState();
  const [typedAfter, setTypedAfter] = useState(idle);
  const common = { id, onInput: () => setTypedAfter(state) };
  if (state.status !== "error")
    return { ...common, error: undefined, isMended: false, kept: undefined, autoFocus: wish };
  const { field, text, kept } = state;
  const isWrong = field === name;
  const isMended = isWrong && typedAfter === state;
  const wants = isEmptied || (wish && !kept?.[name]);
  return {
    ...common,
    error: isWrong && !isMended ? text : undefined,
    isMended,
    kept: kept?.[name],
    autoFocus: isWrong || (wants && field === undefined),
  };
}

/**
 * Does the password that was typed into the field `name` stay after this error? Only where nobody judged it, or another field was
 * wrong: with a password that may have been the fault itself somebody begins again.
 */
export function keepsPassword({ isUnanswered, field }: FormFault, name: string): boolean {
  return isUnanswered === true || (field !== undefined && field !== name);
}
