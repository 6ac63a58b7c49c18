"use client";

import type { MouseEvent, ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonLook } from "@/components/ui/button";

type SubmitButtonProps = {
  readonly children: ReactNode;
  /** What the button says while the answer is on its way: never a spinner without words. */
  readonly pending: string;
  readonly look?: ButtonLook;
  readonly wide?: boolean;
  readonly name?: string;
  readonly value?: string;
};

/** Sends the form it stands in. While sending it stays focusable but refuses a second press. */
export function SubmitButton({ children, pending, ...rest }: SubmitButtonProps) {
  const status = useFormStatus();
  const refuse = (event: MouseEvent) => status.pending && event.preventDefault();
  return (
    <Button type="submit" aria-disabled={status.pending || undefined} onClick={refuse} {...rest}>
      {status.pending ? pending : children}
    </Button>
  );
}
