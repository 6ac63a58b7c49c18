import type { ReactNode } from "react";
import { type Ceremony, getPasskey, passkeysSupported, slimAnswer } from "@/components/factors/passkey/browser";
import type { InField } from "@/components/factors/passkey/in-field";
import { signalUnknown } from "@/components/factors/passkey/signals";
import { documentLanguage } from "@/components/form/line-fault";
import { Alert } from "@/components/ui/alert";
import { dialogueMessages } from "@/lib/messages/passkey-dialogue";

const sentence = (id: keyof typeof dialogueMessages): string => dialogueMessages[id][documentLanguage()];

/**
 * A click in the form. On one of its buttons it opens the browser's dialogue, which ends the one in the field; while it is open nothing begins that one anew, because a person who reads a QR code with a
 * phone, and comes back to the window, must not end it. The focus stays on the button, and why there was nothing to send stands above it.
 */
export async function press(
  { target }: MouseEvent,
  form: HTMLFormElement,
  inField: InField,
  say: (said: ReactNode) => void,
): Promise<void> {
  const button = target instanceof Element ? target.closest<HTMLElement>("[data-of]") : null;
  if (!button || !inField.end()) return; // a dialogue is open, or its answer is on the way
  say(null);
  const label = button.textContent;
  waits(form, true);
  button.textContent = sentence("passkey.waiting_label");
  const options = passkeysSupported() ? await readable(inField.options(button.dataset.of ?? "")) : "";
  const ceremony: Ceremony = options === null ? { kind: "cancelled" } : await getPasskey(options);
  button.textContent = label;
  waits(form, false);
  if (ceremony.kind === "done") return send(form, options ?? "", ceremony.json);
  say(<Alert tone="error">{saidOf(ceremony.kind)}</Alert>);
  inField.begin();
}

/** Options, or null: no answer of the portal's came, or one that is none. */
const readable = (asked: Promise<string>): Promise<string | null> =>
  asked.then((text) => JSON.parse(text) && text).catch(() => null);

/** What the first door says of a dialogue that brought nothing. A browser does not tell whether somebody gave up, or held a key without a PIN or sat at a device without a screen lock, which serve behind the password. */
const saidOf = (kind: Exclude<Ceremony["kind"], "done">): string =>
  sentence(kind === "unsupported" || kind === "timed_out" ? `passkey.${kind}` : "passkey.cancelled_alone");

function waits(form: HTMLFormElement, does: boolean) {
  for (const each of form.querySelectorAll<HTMLElement>("[data-of]")) each.ariaDisabled = does ? "true" : null;
}

/** What was sent last: the options, and the answer. */
let sent: readonly [options: string, answer: string] | null = null;

/** Sends the form with the answer in the place of a password, whatever was typed as one. */
export function send(form: HTMLFormElement, options: string, given: unknown): void {
  const answer = typeof given === "string" ? given : JSON.stringify(given);
  sent = [options, answer];
  const answers = ({ formData }: FormDataEvent) => {
    formData.delete("password");
    formData.set("credential", slimAnswer(answer));
  };
  form.addEventListener("formdata", answers, { once: true });
  form.requestSubmit();
}

/** What the portal answered. Where nobody has the passkey that was sent, its keeper is told, and may drop it. */
export function hear(id: string): void {
  if (id !== "passkey.unknown" || sent === null) return;
  const [options, answer] = sent;
  signalUnknown(JSON.stringify({ rpId: JSON.parse(options).rpId, credentialId: JSON.parse(answer).id }));
}
