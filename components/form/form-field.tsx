"use client";

import type { ComponentProps } from "react";
import { useFieldState } from "@/components/form/form-context";
import { Field, wiring } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

type FormFieldProps = Omit<ComponentProps<typeof TextInput>, "name" | "id"> & {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** The word "optional", where the field is. */
  readonly optional?: string;
};

/** A line of text in an `ActionForm`: shows its own error and what was typed before. */
export function FormField({ name, label, hint, optional, defaultValue, autoFocus: wish, ...rest }: FormFieldProps) {
  const { kept, autoFocus, ...field } = useFieldState(name, wish);
  return (
    <Field {...field} label={label} hint={hint} optional={optional}>
      <TextInput
        name={name}
        required={!optional}
        {...rest}
        defaultValue={kept ?? defaultValue}
        autoFocus={autoFocus}
        {...wiring({ ...field, hint })}
      />
    </Field>
  );
}
