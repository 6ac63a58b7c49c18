"use client";

import { useEffect, useRef, useState } from "react";
import { getPasskey, type Manner, offersInField } from "@/components/factors/passkey/browser";
import type { Refused } from "@/components/factors/passkey/refusals";
import { slimAnswer } from "@/components/factors/passkey/slim-answer";
import { ActionForm } from "@/components/form/action-form";
import { useFormState } from "@/components/form/form-context";
import { Alert } from "@/components/ui/alert";
import { untilScripts, useScripts } from "@/components/ui/use-scripts";
import type { FormAction } from "@/lib/kernel/form-state";

type Words = Readonly<Record<"button" | "waiting" | "cancelled" | "unsupported", string>>;

type Props = {
  readonly action: FormAction;
  readonly returnTo: string;
  readonly look: string;
  readonly words: Words;
};

/** Sooner than the server's five minutes: the dialogue that waits in the field of the name may wait for hours. */
const renewedEvery = 230_000;

/** Logging in with a passkey: by a button, and among what the browser offers in the field of the name (conditional mediation). */
export function SignIn({ action, returnTo, ...rest }: Props) {
  return (
    <ActionForm action={action}>
      <input type="hidden" name="returnTo" value={returnTo} />
      <SignInButton {...rest} />
    </ActionForm>
  );
}

function SignInButton({ look, words }: Pick<Props, "look" | "words">) {
  const { field, refused, isAsking, press } = useSignIn();
  const hasScripts = useScripts();
  return (
    <>
      <input ref={field} type="hidden" name="credential" />
      {refused && <Alert tone="error">{refused === "unsupported" ? words.unsupported : words.cancelled}</Alert>}
      <button
        type="button"
        className={hasScripts ? look : `${look} ${untilScripts}`}
        aria-disabled={isAsking || undefined}
        onClick={press}
      >
        {isAsking ? words.waiting : words.button}
      </button>
    </>
  );
}

/** The dialogues: one in the field of the name, which waits, and one that the button opens. Either ends the other. */
function useSignIn() {
  const field = useRef<HTMLInputElement>(null);
  const waiting = useRef<AbortController>(null);
  const answered = useFormState();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isAsking, setAsking] = useState(false);
  const ask = (isQuiet: boolean) => {
    waiting.current?.abort();
    const own = new AbortController();
    waiting.current = own;
    return asked(field.current, { isQuiet, signal: own.signal });
  };
  const renew = async () => {
    if (!field.current?.value && (await offersInField())) await ask(true);
  };
  const press = async () => {
    if (isAsking) return;
    setAsking(true);
    const outcome = await ask(false);
    setAsking(false);
    setRefused(outcome);
    if (outcome !== null) renew();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun anew after each answer of the server's, and by nothing else
  useEffect(() => {
    renew();
    const clock = setInterval(renew, renewedEvery);
    window.addEventListener("focus", renew);
    return () => {
      clearInterval(clock);
      window.removeEventListener("focus", renew);
      waiting.current?.abort();
    };
  }, [answered]);
  return { field, refused, isAsking, press };
}

/** Asks for options, then the person, and sends what they answer. Out: why there was nothing to send; null: it was sent. */
async function asked(field: HTMLInputElement | null, manner: Manner): Promise<Refused | null> {
  const options = await freshOptions();
  if (manner.signal?.aborted || options === null) return "cancelled";
  const ceremony = await getPasskey(options, manner);
  if (ceremony.kind !== "done") return ceremony.kind;
  send(field, slimAnswer(ceremony.json));
  return null;
}

/** Null: no answer came. */
async function freshOptions(): Promise<string | null> {
  const response = await fetch("/login/passkey").catch(() => null);
  return response?.ok ? response.text() : null;
}

/** Sends the form, with what was said beside the password about this computer. */
function send(field: HTMLInputElement | null, answer: string) {
  const form = field?.form;
  if (!field || !form) return;
  field.value = answer;
  const shared = document.querySelector<HTMLInputElement>("input[name=shared]");
  if (shared?.checked) form.append(shared.cloneNode());
  form.requestSubmit();
}
