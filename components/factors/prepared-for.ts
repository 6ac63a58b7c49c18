import type { Prepared, Sending } from "@/components/factors/face";
import type { PreparedView } from "@/lib/challenge/view";

/** What a form is given of what was prepared for it, on a page that sends codes by `send`. */
export function preparedFor(view: PreparedView | null, sending: Omit<Sending, "view">): Prepared | null {
  return view?.how === "send" ? { how: "send", view: view.sent, ...sending } : view;
}

/** What was sent or may be, where the answer is a code that is sent. */
export const sendingOf = (prepared: Prepared | null): Sending | null => (prepared?.how === "send" ? prepared : null);
