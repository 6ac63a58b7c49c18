"use client";

import { type ComponentProps, type InputEvent, useEffect, useRef } from "react";
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
 * digits of any script as they come, and sends itself exactly when the server would judge: both read by one function. What was typed while the
 * scripts were still on their way goes off when they wake, because the page has promised it.
 */
export function CodeInput({ digits, sendsItself = false, ...rest }: CodeInputProps) {
  const { pending } = useFormStatus();
  const sent = useRef("");
  const field = useRef<HTMLInputElement>(null);
  function sendWhenComplete(input: HTMLInputElement) {
    const code = readOneTimeCode(input.value, digits);
    if (!sendsItself || pending || code === null || code === sent.current) return;
    sent.current = code;
    input.form?.requestSubmit();
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what stands there when the scripts wake was typed unheard
  useEffect(() => {
    const input = field.current;
    if (!input || input !== document.activeElement || !isFreshPage()) return;
    const timer = setTimeout(() => sendWhenComplete(input), 1000); // whoever sent it by hand meanwhile has left this page by then
    const cancel = () => clearTimeout(timer);
    input.form?.addEventListener("submit", cancel, { once: true });
    return cancel;
  }, []);
  return (
    <input
      ref={field}
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      className="field text-center font-mono text-2xl tracking-widest"
      onInput={(event: InputEvent<HTMLInputElement>) => {
        if (!event.nativeEvent.isComposing) sendWhenComplete(event.currentTarget);
      }}
      {...rest}
    />
  );
}

/** False where the browser itself may have filled the form again (reloaded, gone back to): an old code would cost a try. */
function isFreshPage(): boolean {
  return performance.getEntriesByType("navigation").some((one) => Reflect.get(one, "type") === "navigate");
}
