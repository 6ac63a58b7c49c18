"use client";

import { type ReactNode, useRef, useState } from "react";
import { createPasskey, getPasskey, slimAnswer } from "@/components/factors/passkey/browser";
import type { Refused } from "@/components/factors/passkey/refusals";
import { ActionForm } from "@/components/form/action-form";
import { useFormState } from "@/components/form/form-context";
import { Alert } from "@/components/ui/alert";
import { untilScripts, useScripts } from "@/components/ui/use-scripts";
import type { FormAction } from "@/lib/kernel/form-state";

/** What is said of a dialogue that brought no answer; the browser says the same of a refusal and of a key that was not there. */
export type CeremonyWords = Readonly<Record<"waiting" | Exclude<Refused, "aborted">, string>>;

type Props = {
  readonly action: FormAction;
  /** Whether a passkey is made or asked for. */
  readonly does: "create" | "get";
  /** The options as JSON. */
  readonly options: string;
  readonly button: string;
  readonly look: string;
  readonly words: CeremonyWords;
  readonly children: ReactNode;
};

const doing = { create: createPasskey, get: getPasskey } as const;

/** A form whose answer the browser makes: one press asks for it and sends it. The field is `credential`. */
export function CeremonyForm({ action, children, ...rest }: Props) {
  return (
    <ActionForm action={action}>
      {children}
      <CeremonyButton {...rest} />
    </ActionForm>
  );
}

/** The button, in the form that it sends. */
function CeremonyButton({ does, options, button, look, words }: Omit<Props, "action" | "children">) {
  const field = useRef<HTMLInputElement>(null);
  const answered = useFormState();
  const [refusal, setRefusal] = useState<{ readonly text: string; readonly of: unknown } | null>(null);
  const [isAsking, setAsking] = useState(false);
  const hasScripts = useScripts();
  async function ask() {
    if (isAsking) return;
    setAsking(true);
    setRefusal(null);
    const ceremony = await doing[does](options);
    setAsking(false);
    if (ceremony.kind !== "done") return setRefusal({ text: saidOf(ceremony.kind, words), of: answered });
    if (field.current === null) return;
    field.current.value = slimAnswer(ceremony.json);
    field.current.form?.requestSubmit();
  }
  return (
    <>
      <input ref={field} type="hidden" name="credential" />
      {refusal && refusal.of === answered && <Alert tone="error">{refusal.text}</Alert>}
      <button
        type="button"
        className={hasScripts ? look : `${look} ${untilScripts}`}
        aria-disabled={isAsking || undefined}
        onClick={ask}
      >
        {isAsking ? words.waiting : button}
      </button>
    </>
  );
}

/** What to say of a dialogue that ended without an answer. */
export const saidOf = (kind: Refused, words: CeremonyWords): string => words[kind === "aborted" ? "cancelled" : kind];
