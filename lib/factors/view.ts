/** A factor as a page may see it: never a secret. */
export type FactorView = {
  readonly id: string;
  readonly kind: string;
  readonly label: string;
  readonly addedAt: Date;
  readonly lastUsedAt: Date | null;
  /** Too many wrong codes by strangers: it must be set up again. */
  readonly quarantined: boolean;
};

/** An enrolment that waits for its confirmation: what is shown while it is pending, and never again. */
export type PendingView = {
  /** What the kind shows, by name; an authenticator app's `secret` and `uri`. */
  readonly shown: Readonly<Record<string, string>>;
  readonly label: string;
  readonly replacing: boolean;
  readonly expiresAt: Date;
};
