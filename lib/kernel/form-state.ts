/**
 * What a server action answers and a form shows. Shared with the browser, so it carries words and never a secret:
 * `text` is the sentence, already said in the person's language; `id` names it for tests and scripts; `field` is the
 * form field that it stands beside; `kept` holds the non-secret fields to show again as they were typed.
 */
export type FormState =
  | { readonly status: "idle" }
  | FormFault
  | { readonly status: "done"; readonly id?: string; readonly text?: string };

/** What was wrong. */
export type FormFault = {
  readonly status: "error";
  readonly id: string;
  readonly text: string;
  readonly field?: string;
  readonly kept?: Readonly<Record<string, string>>;
  /** Made in the browser: no answer came, so nothing was judged and the form keeps all of it. */
  readonly isUnanswered?: boolean;
  /** Where it goes on from here: a page of ours, and what its link says. */
  readonly onward?: { readonly href: string; readonly label: string };
};

/** What a form shows before anybody has sent it. */
export const idle: FormState = { status: "idle" };

/** The shape of every server action behind a form (React's `useActionState`). */
export type FormAction = (previous: FormState, form: FormData) => Promise<FormState>;
