"use client";

import { type ComponentProps, type InputEvent, useRef } from "react";
import { useFormStatus } from "react-dom";
import { inputLook } from "@/components/ui/text-input";

type CodeInputProps = Omit<ComponentProps<"input">, "className" | "type" | "onInput"> & {
  /** How many a whole code has. */
  readonly digits: number;
  /** Send the form by itself at the last digit, once per value, when scripts run. Say so beside it. */
  readonly sendsItself?: boolean;
};

/**
 * One field for a code of digits; a box for each would break paste, password managers and screen readers. Takes "123 456" and
 * full-width digits as they come: the server reads them, here they are only counted.
 */
export function CodeInput({ digits, sendsItself = false, ...rest }: CodeInputProps) {
  const { pending } = useFormStatus();
  const sent = useRef("");
  function sendWhenComplete(event: InputEvent<HTMLInputElement>) {
    const code = event.currentTarget.value.normalize("NFKC").replace(/\D/g, "");
    const composing = event.nativeEvent.isComposing;
    if (!sendsItself || pending || composing || code.length !== digits || code === sent.current) return;
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
      className={`${inputLook} text-center font-mono text-2xl tracking-widest`}
      onInput={sendWhenComplete}
      {...rest}
    />
  );
}
