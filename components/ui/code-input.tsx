"use client";

import { type ComponentProps, type InputEvent, useRef } from "react";
import { useFormStatus } from "react-dom";
import { inputLook } from "@/components/ui/text-input";

const digitsInACode = 6;

type CodeInputProps = Omit<ComponentProps<"input">, "className" | "type" | "onInput"> & {
  /** Send the form by itself at the sixth digit, once per value, when scripts run. Say so beside it. */
  readonly sendsItself?: boolean;
};

/**
 * One field for six digits; six boxes would break paste, password managers and screen readers. Takes "123 456" and
 * full-width digits as they come: the server reads them, here they are only counted.
 */
export function CodeInput({ sendsItself = false, ...rest }: CodeInputProps) {
  const { pending } = useFormStatus();
  const sent = useRef("");
  function sendWhenComplete(event: InputEvent<HTMLInputElement>) {
    const code = event.currentTarget.value.normalize("NFKC").replace(/\D/g, "");
    const composing = event.nativeEvent.isComposing;
    if (!sendsItself || pending || composing || code.length !== digitsInACode || code === sent.current) return;
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
