"use client";

import type { ReactNode } from "react";
import { useFormState } from "@/components/form/form-context";

/** What an `ActionForm` says before its first answer and no longer after it: the news of the page before. */
export function UntilAnswered({ children }: { readonly children: ReactNode }) {
  return useFormState().status === "idle" ? children : null;
}
