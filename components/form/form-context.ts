"use client";

import { createContext, use, useId } from "react";
import { type FormState, idle } from "@/lib/kernel/form-state";

export const FormContext = createContext<FormState>(idle);

/** What the server last answered to the form around the caller. */
export function useFormState(): FormState {
  return use(FormContext);
}

type FieldState = {
  readonly id: string;
  readonly error: string | undefined;
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
  if (state.status !== "error") return { id, error: undefined, kept: undefined, autoFocus: wish };
  const { field, text, kept } = state;
  const isWrong = field === name;
  const wants = isEmptied || (wish && !kept?.[name]);
  return {
    id,
    error: isWrong ? text : undefined,
    kept: kept?.[name],
    autoFocus: isWrong || (wants && field === undefined),
  };
}
