"use client";

import { useEffect, useRef, useState } from "react";
import { signInDialogues } from "@/components/factors/passkey/dialogues";
import type { Refused } from "@/components/factors/passkey/refusals";
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
  const { field, shared, refused, isAsking, press } = useSignIn();
  const hasScripts = useScripts();
  return (
    <>
      <input ref={field} type="hidden" name="credential" />
      <input ref={shared} type="hidden" name="shared" value="on" disabled />
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

/** The dialogues of this page, what became of the button's, and the fields of the form that an answer is sent in. */
function useSignIn() {
  const field = useRef<HTMLInputElement>(null);
  const shared = useRef<HTMLInputElement>(null);
  const answered = useFormState();
  const [dialogues] = useState(() => signInDialogues((answer) => send(field.current, shared.current, answer)));
  const [refused, setRefused] = useState<Refused | null>(null);
  const [isAsking, setAsking] = useState(false);
  const press = async () => {
    if (isAsking) return;
    setAsking(true);
    setRefused(null);
    const outcome = await dialogues.press();
    setAsking(false);
    setRefused(outcome === "aborted" ? null : outcome); // whoever was interrupted has refused nothing
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun anew after each answer of the server's, and by nothing else
  useEffect(() => {
    if (field.current) field.current.value = "";
    dialogues.open();
    const clock = setInterval(() => document.hasFocus() && dialogues.renew(), renewedEvery);
    window.addEventListener("focus", dialogues.renew);
    return () => {
      clearInterval(clock);
      window.removeEventListener("focus", dialogues.renew);
      dialogues.end();
    };
  }, [answered]);
  return { field, shared, refused, isAsking, press };
}

/** Sends the form, with what was said beside the password about this computer. */
function send(field: HTMLInputElement | null, shared: HTMLInputElement | null, answer: string) {
  if (!field || !shared) return;
  field.value = answer;
  shared.disabled = !document.querySelector<HTMLInputElement>("input[type=checkbox][name=shared]")?.checked;
  field.form?.requestSubmit();
}
