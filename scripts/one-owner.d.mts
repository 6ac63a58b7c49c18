/** See `one-owner.mjs`: plain JavaScript, because a start takes its checkout before any package is there. */

/** Either this process is the one owner of the folder, or another one is, and `by` is what that one says of itself. */
export type Ownership =
  | { readonly kind: "ours"; say(words: string): void; release(): void }
  | { readonly kind: "taken"; readonly by: string };

export function becomeOwner(path: string, words: string): Promise<Ownership>;
export function ownersOf(path: string): Promise<readonly string[]>;
