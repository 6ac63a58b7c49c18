import type { MessageId } from "@/lib/messages/catalogue";
import type { Closed } from "@/lib/throttle/closed-for";

/** A few words of what is to be known of a factor, and the sentence of what follows from it. */
export type Mark = { readonly label: MessageId; readonly meaning: MessageId };

/** A factor as a page may see it: never a secret. */
export type FactorView = {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  /** Where it is, masked (a number, an address); null where there is no such place. */
  readonly place: string | null;
  /** What else is to be known of it at a glance. */
  readonly marks: readonly Mark[];
  /** False: it stands for nothing. It is bound to a name that the portal has given up, or a browser made it without a dialogue and it has not served yet. */
  readonly isAskable: boolean;
  /** False: it opens nothing any more, because of its name. */
  readonly isAnswerable: boolean;
  /** False: it is bound to a name that the portal had before it moved, whether that is still asked for or not. */
  readonly isOfToday: boolean;
  readonly addedAt: Date;
  readonly lastUsedAt: Date | null;
  /** Too many wrong codes: here, or in browsers that are not known, it opens nothing until it is set up again. */
  readonly closed: Closed;
};

/** An enrolment that waits for its confirmation: what is shown while it is pending, and never again. */
export type PendingView = {
  /** Which one: its forms say it again, because a newer one may have been begun in another tab meanwhile. */
  readonly id: string;
  /** What the kind shows, by name; an authenticator app's `secret` and `uri`. */
  readonly shown: Readonly<Record<string, string>>;
  readonly label: string;
  /** The names that the others have. */
  readonly taken: readonly string[];
  /** The active factor that goes when this one is confirmed; null: none. */
  readonly replaces: string | null;
  readonly expiresAt: Date;
  /** One more wrong code, and it has to begin again. */
  readonly isLastTry: boolean;
};
