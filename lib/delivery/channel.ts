import type { Duration } from "@/lib/kernel/duration";

/** A mail, ready to leave. `to` is one bare address; `html` needs nothing from anywhere else. */
export type MailMessage = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** A text message, ready to leave. `to` is E.164. */
export type SmsMessage = { readonly to: string; readonly text: string };

/**
 * What came of handing a message over. `later`: it may work when it is tried again, also when only the operator can mend it.
 * `never`: the provider has looked at this very message and will refuse it for ever. `reason` is for the operator's log: the provider's
 * code and a short text without the message, a destination or a secret.
 */
export type Outcome =
  | { readonly kind: "sent" }
  | {
      readonly kind: "later";
      readonly reason: string;
      readonly retryAfter?: Duration;
      /** True when the provider was not even asked, because it rests: it costs the letter no try. */
      readonly untried?: boolean;
      /** True when the provider is well and only this destination has to wait: no reason to leave the provider alone. */
      readonly isAboutThisOne?: boolean;
    }
  | { readonly kind: "never"; readonly reason: string };

/** One way out, behind which any provider may stand. */
export type Channel<M> = {
  /** A MAC over the settings: when they change, the channel must be proven anew. */
  readonly fingerprint: string;
  /**
   * Hands `message` over; ends within five seconds and never throws. `key` names the letter (letters, digits, `_`, `-`): a provider
   * that knows idempotency keys delivers two calls with one key once.
   */
  readonly send: (message: M, key: string) => Promise<Outcome>;
};

/** The bare way to a provider, before its limits of time and patience. May throw; stops when `signal` says so. */
export type Carry<M> = (message: M, key: string, signal: AbortSignal) => Promise<Outcome>;
