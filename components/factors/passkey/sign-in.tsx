import { type ReactNode, useEffect, useState } from "react";
import { dialogueInField } from "@/components/factors/passkey/in-field";
import { useFormState } from "@/components/form/form-context";

/** What comes after a press is a script of its own: the page is lighter until then. */
const pressed = () => import("@/components/factors/passkey/pressed");

/** Sooner than the server's five minutes: the dialogue that waits in the field of the name may wait for hours. */
const renewedEvery = 230_000;

/**
 * Logging in with a passkey, in the form of the password, whose further buttons ask for it (`data-of`: empty, or a former name of the portal's): among what the browser offers in the field of the name, and at
 * once where one is pressed. Begun anew after each answer of the server's.
 */
export function SignIn() {
  const [said, say] = useState<ReactNode>();
  const answered = useFormState();
  useEffect(() => {
    const form = document.querySelector<HTMLButtonElement>("[data-of]")?.form;
    if (!form) return;
    form.dataset.awake = ""; // and now its further buttons are seen
    const inField = dialogueInField((options, answer) => pressed().then((its) => its.send(form, options, answer)));
    form.onclick = (click) => {
      const { target } = click;
      if (target instanceof HTMLElement && "of" in target.dataset)
        pressed().then((its) => its.press(click, form, inField, say));
    };
    if (answered.status === "error") pressed().then((its) => its.hear(answered.id));
    inField.begin();
    const clock = setInterval(inField.renew, renewedEvery);
    window.onfocus = inField.renew;
    return () => {
      clearInterval(clock);
      inField.end();
    };
  }, [answered]);
  return said;
}
