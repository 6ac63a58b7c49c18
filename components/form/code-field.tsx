"use client";

import type { ComponentProps } from "react";
import { useFieldState } from "@/components/form/form-context";
import { CodeInput } from "@/components/ui/code-input";
import { Field, wiring } from "@/components/ui/field";

type CodeFieldProps = Omit<ComponentProps<typeof CodeInput>, "id" | "name" | "defaultValue" | "sendsItself"> & {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** The sentence that announces it, if the form shall go off at the last digit (WCAG 2.2, 3.2.2). */
  readonly sendsItself?: string;
};

/** A code of digits in an `ActionForm`; empty again after an error. */
export function CodeField({ name, label, hint, sendsItself, autoFocus: wish, ...rest }: CodeFieldProps) {
  const { autoFocus, ...field } = useFieldState(name, wish, true);
  const hints = (
    <>
      {hint}
      {sendsItself && <span className="block noscript:hidden">{sendsItself}</span>}
    </>
  );
  return (
    <Field {...field} label={label} hint={hints}>
      <CodeInput
        name={name}
        required
        {...rest}
        sendsItself={sendsItself !== undefined}
        autoFocus={autoFocus}
        {...wiring({ ...field, hint })}
      />
    </Field>
  );
}
