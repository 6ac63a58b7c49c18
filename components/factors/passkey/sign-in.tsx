import { type ReactNode, useEffect, useRef, useState } from "react";
import { dialogueInField } from "@/components/factors/passkey/in-field";
import { useFormState } from "@/components/form/form-context";

/** What comes after a press is a script of its own: the page is lighter until then. */
const pressed = () => import("@/components/factors/passkey/pressed");

/** Sooner than the server's five minutes: the dialogue that waits in the field of the name may wait for hours. */
const renewedEvery = 230_000;

/**
 * Logging in with a passkey, in the `ActionForm` whose buttons ask for it (`data-of`: empty, or a former name of the portal's): among what the browser offers in the field of the name, and at once where one
 * is pressed. Begun anew after each answer of the server's.
 */
export function SignIn() {
  const field = useRef<HTMLInputElement>(null);
  const [said, say] = useState<ReactNode>(null);
  const answered = useFormState();
  useEffect(() => {
    const form = field.current?.form;
    if (!field.current || !form) return;
    field.current.disabled = false; // and now the buttons behind it are seen
    const inField = dialogueInField(async (options, answer) => (await pressed()).send(form, options, answer));
    form.onclick = async ({ target }) => (await pressed()).press({ form, target, inField, say });
    if (answered.status === "error") pressed().then(({ hear }) => hear(answered.id));
    inField.renew();
    const clock = setInterval(inField.renew, renewedEvery);
    window.onfocus = inField.renew;
    return () => {
      clearInterval(clock);
      inField.end();
    };
  }, [answered]);
  return (
    <>
      <input ref={field} type="hidden" name="credential" className="peer" disabled />
      {said}
    </>
  );
}
