import type { Posting, Prepared } from "@/components/factors/face";
import type { PreparedView } from "@/lib/challenge/view";

/** What a form is given of what was prepared for it, on a page that sends codes by `send`. */
export function preparedFor(view: PreparedView | null, posting: Omit<Posting, "view">): Prepared | null {
  return view?.how === "send" ? { how: "send", view: view.post, ...posting } : view;
}

/** What was sent or may be, where the answer is a code that is sent. */
export const postingOf = (prepared: Prepared | null): Posting | null => (prepared?.how === "send" ? prepared : null);
