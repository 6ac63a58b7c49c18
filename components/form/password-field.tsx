"use client";

import type { ComponentProps } from "react";
import { useFieldState } from "@/components/form/form-context";
import { Field, wiring } from "@/components/ui/field";
import { PasswordInput } from "@/components/ui/password-input";

type PasswordFieldProps = Omit<ComponentProps<typeof PasswordInput>, "id" | "name" | "defaultValue"> & {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
};

/** A password in an `ActionForm`; empty again after an error of its own, and never kept by the server. For a new one: `NewPasswordField`. */
export function PasswordField({ name, label, hint, autoFocus: wish, ...rest }: PasswordFieldProps) {
  const { autoFocus, ...field } = useFieldState(name, wish, true);
  return (
    <Field {...field} label={label} hint={hint}>
      <PasswordInput name={name} required {...rest} autoFocus={autoFocus} {...wiring({ ...field, hint })} />
    </Field>
  );
}
