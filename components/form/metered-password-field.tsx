"use client";

import { type ComponentProps, useState } from "react";
import { useFieldState, useFormState } from "@/components/form/form-context";
import type { PasswordField } from "@/components/form/password-field";
import { Field, wiring } from "@/components/ui/field";
import { LengthMeter, lengthOf, type MeterWords } from "@/components/ui/length-meter";
import { PasswordInput } from "@/components/ui/password-input";

type MeteredPasswordFieldProps = ComponentProps<typeof PasswordField> & {
  /** What to say about the length while it is typed; without scripts the hint has to do. */
  readonly meter: MeterWords;
};

/** A password that is being chosen. A file of its own, so that the login does not carry the meter. */
export function MeteredPasswordField({
  name,
  label,
  hint,
  meter,
  autoFocus: wish,
  ...rest
}: MeteredPasswordFieldProps) {
  const { id, error, autoFocus } = useFieldState(name, wish);
  const [length, setLength] = useLengthUntilAnswered();
  const wires = wiring({ id, hint, error });
  const described = [wires["aria-describedby"], length > 0 && `${id}-meter`].filter(Boolean).join(" ");
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <PasswordInput
        name={name}
        required
        autoComplete="new-password"
        {...rest}
        autoFocus={autoFocus}
        {...wires}
        aria-describedby={described || undefined}
        onInput={(event) => setLength(lengthOf(event.currentTarget.value))}
      />
      {length > 0 && <LengthMeter id={`${id}-meter`} length={length} words={meter} />}
    </Field>
  );
}

/** The answer of the server empties the field, so the length starts again with it. */
function useLengthUntilAnswered() {
  const state = useFormState();
  const [measured, setMeasured] = useState({ state, length: 0 });
  const length = measured.state === state ? measured.length : 0;
  return [length, (next: number) => setMeasured({ state, length: next })] as const;
}
