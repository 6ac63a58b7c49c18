"use client";

import { type ComponentProps, useEffect, useRef, useState } from "react";
import { keepsPassword, useFieldState, useFormState } from "@/components/form/form-context";
import { Field, wiring } from "@/components/ui/field";
import { LengthMeter, type MeterWords } from "@/components/ui/length-meter";
import { PasswordInput } from "@/components/ui/password-input";
import { untilScripts, useScripts } from "@/components/ui/use-scripts";
import { passwordLength } from "@/lib/kernel/password-length";

type NewPasswordFieldProps = Omit<ComponentProps<typeof PasswordInput>, "id" | "name" | "defaultValue"> & {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  /** What to say about its length while it is typed. */
  readonly meter: MeterWords;
};

/** A password to be chosen, in an `ActionForm`: with scripts it says how long it is. A component of its own, so that a login does not carry it. */
export function NewPasswordField({ name, label, hint, meter, autoFocus: wish, ...rest }: NewPasswordFieldProps) {
  const { autoFocus, ...field } = useFieldState(name, wish, true);
  const { id, error } = field;
  const scripts = useScripts();
  const [length, setLength] = useLengthUntilEmptied(name);
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what stands there when the scripts wake was typed unheard
  useEffect(() => setLength(passwordLength(input.current?.value ?? "")), []);
  const wires = wiring({ ...field, hint });
  const described = [wires["aria-describedby"], scripts && `${id}-meter`].filter(Boolean).join(" ");
  return (
    <Field {...field} label={label} hint={hint}>
      <PasswordInput
        ref={input}
        name={name}
        required
        {...rest}
        autoFocus={autoFocus}
        {...wires}
        aria-describedby={described || undefined}
        onInput={(event) => setLength(passwordLength(event.currentTarget.value))}
      />
      <div className={scripts ? "" : untilScripts}>
        <LengthMeter id={`${id}-meter`} length={length} words={meter} isRefused={error !== undefined} />
      </div>
    </Field>
  );
}

/** Where the answer empties the field the length starts again with it; else the field is as it was. */
function useLengthUntilEmptied(name: string) {
  const state = useFormState();
  const [measured, setMeasured] = useState({ state, length: 0 });
  const isKept = measured.state === state || (state.status === "error" && keepsPassword(state, name));
  const length = isKept ? measured.length : 0;
  return [length, (next: number) => setMeasured({ state, length: next })] as const;
}
