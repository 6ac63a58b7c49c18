/**
 * The words for kinds of second factor that a person binds, the strongest first: an authenticator app, a number (NIST SP 800-63B-4 calls
 * it restricted), an e-mail address (no authenticator at all in NIST's sense). Every floor takes the words and their order from here.
 */
export const kindsByStrength = ["totp", "sms", "email"] as const;

export type KindWord = (typeof kindsByStrength)[number];

const words: readonly string[] = kindsByStrength;

export const isKindWord = (word: string): boolean => words.includes(word);

/** The place of a kind among the others, 0 for the strongest; a word that this portal does not know comes after all of them. */
export function placeOf(kind: string): number {
  const place = words.indexOf(kind);
  return place === -1 ? words.length : place;
}
