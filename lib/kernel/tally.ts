import type { Duration } from "@/lib/kernel/duration";

/**
 * Something that happened, for whoever counts. Words of the house's own lists and numbers; what else an event carries (`meta`) is looked at by the one who
 * counts, and never kept.
 */
export type Tally =
  | {
      readonly what: "event";
      readonly name: string;
      readonly result: string;
      readonly meta: Readonly<Record<string, string | number | boolean>>;
    }
  /** A counter or window had no room for a try. */
  | { readonly what: "counter full"; readonly counter: string }
  /** A try was refused without judging it, because a limit is reached: each one, whatever of it is recorded. */
  | ({ readonly what: "unjudged" } & UnjudgedTry)
  /** Somebody asked for a place to hash a password, got it after `waited`, gave it back, or found the waiting room full. */
  | { readonly what: "hashing"; readonly step: "waits" | "left" | "full" }
  | { readonly what: "hashing"; readonly step: "sits"; readonly waited: Duration | null }
  /** What became of one try to send a letter. */
  | { readonly what: "letter"; readonly channel: string; readonly outcome: "sent" | "later" | "parked" | "given_back" }
  /** A statement or transaction lost against another one, and is run again or given up. */
  | { readonly what: "turn lost"; readonly isLast: boolean };

/** Where the try was made, and with which kind of proof. */
export type UnjudgedTry =
  | { readonly at: "first door"; readonly kind: string }
  | { readonly at: "challenge"; readonly kind: string; readonly purpose: string }
  | { readonly at: "current password" };

declare global {
  /**
   * Whoever counts in this process; nobody where no metrics are asked for. Global, because the serving entry, which counts, and the pages, where things
   * happen, are two bundles.
   */
  var sallyportTally: ((one: Tally) => void) | undefined;
}

/** Tells whoever counts, and costs a look where nobody does. Never throws, waits for nothing and asks no database. */
export function tally(one: Tally): void {
  globalThis.sallyportTally?.(one);
}
