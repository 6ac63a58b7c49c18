"use client";

import { type ComponentProps, type InputEvent, useRef } from "react";
import { useFormStatus } from "react-dom";
import { readOneTimeCode } from "@/lib/kernel/typed-code";

type CodeInputProps = Omit<ComponentProps<"input">, "className" | "type" | "onInput"> & {
  /** How many a whole code has. */
  readonly digits: number;
  /** Send the form by itself at the last digit, once per value, when scripts run. Say so beside it. */
  readonly sendsItself?: boolean;
};

/**
 * One field for a code of digits; a box for each would break paste, password managers and screen readers. Takes "Your code: 123 456." and the
 * digits of any script as they come, and sends itself exactly when the server would judge: both read by one function.
 */
export function CodeInput({ digits, sendsItself = false, ...rest }: CodeInputProps) {
  const { pending } = useFormStatus();
  const sent = useRef("");
  function sendWhenComplete(event: InputEvent<HTMLInputElement>) {
    const code = readOneTimeCode(event.currentTarget.value, digits);
    const composing = event.nativeEvent.isComposing;
    if (!sendsItself || pending || composing || code === null || code === sent.current) return;
    sent.current = code;
    event.currentTarget.form?.requestSubmit();
  }
  return (
    <input
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      className="field text-center font-mono text-2xl tracking-widest"
      onInput={sendWhenComplete}
      {...rest}
    />
  );
}
