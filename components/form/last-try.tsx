"use client";

import { useFormState } from "@/components/form/form-context";
import { Alert } from "@/components/ui/alert";

/** In an `ActionForm` whose next wrong answer is the last one: says so, unless its answer has just said it. */
export function LastTry({ text }: { readonly text: string }) {
  const state = useFormState();
  if (state.status === "error" && state.text.includes(text)) return null;
  return <Alert tone="warning">{text}</Alert>;
}
