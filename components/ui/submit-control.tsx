"use client";

import type { ComponentProps, MouseEvent } from "react";
import { useFormStatus } from "react-dom";

type SubmitControlProps = ComponentProps<"button"> & { readonly pending: string };

/** While sending it stays focusable but refuses a second press. */
export function SubmitControl({ children, pending, ...rest }: SubmitControlProps) {
  const status = useFormStatus();
  const refuse = (event: MouseEvent) => status.pending && event.preventDefault();
  return (
    <button type="submit" aria-disabled={status.pending || undefined} onClick={refuse} {...rest}>
      {status.pending ? pending : children}
    </button>
  );
}
