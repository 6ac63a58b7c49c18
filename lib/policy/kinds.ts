import type { ChannelName } from "@/lib/policy/channels";
import { type BoundKind, boundKinds, type FactorKind, factorKinds, type Traits, traits } from "@/lib/policy/traits";

const isAmong = <W extends string>(words: readonly W[], word: unknown): word is W => words.some((one) => one === word);

/** The word of a kind that is bound? */
export const isBoundKind = (word: unknown): word is BoundKind => isAmong(boundKinds, word);

export const isFactorKind = (word: unknown): word is FactorKind => isAmong(factorKinds, word);

const words: readonly string[] = boundKinds;

/** The place of a kind among the others, 0 for the strongest; a word that this portal does not know comes after all of them. */
export function placeOf(kind: string): number {
  const place = words.indexOf(kind);
  return place === -1 ? words.length : place;
}

/** What the kind of a row is; null for a word that this portal does not know. */
export const traitsOf = (kind: string): Traits | null => (isFactorKind(kind) ? traits[kind] : null);

/** What leads to the address that a factor of this kind is; null for kinds that are none. */
export const channelOf = (kind: string): ChannelName | null => traitsOf(kind)?.channel ?? null;

/** Does its proof reach the very mailbox to which a reset was sent? Then it is no second factor of that reset. */
export const comesByMail = (kind: string): boolean => channelOf(kind) === "mail";

/** The kinds that are addresses, the strongest first. */
export const addressKinds: readonly BoundKind[] = boundKinds.filter((kind) => traits[kind].channel !== null);

/** The strongest kind whose codes go by a channel. */
export function kindBy(channel: ChannelName): BoundKind {
  const kind = addressKinds.find((one) => traits[one].channel === channel);
  if (kind === undefined) throw new Error(`No kind of factor is reached by ${channel}.`);
  return kind;
}

export const isAddressKind = (word: unknown): word is BoundKind => isAmong(addressKinds, word);

/** Proofs that leave a session at AAL1. */
export const kindsOfLevelOne: readonly FactorKind[] = factorKinds.filter((kind) => traits[kind].aal === 1);

/** The assurance level (NIST SP 800-63B-4) of a login or step-up that was proven like this beside the password. */
export const levelOf = (provenWith: string): 1 | 2 => traitsOf(provenWith)?.aal ?? 2;

/** Enough where a second factor is demanded? A word that this portal does not know counts as it always did. */
export const countsAlone = (kind: string): boolean => traitsOf(kind)?.countsAlone ?? true;

/** The kind that this word of RFC 8176 style stands for in what a login proved; null for one that this portal does not know. */
export const kindOfAmr = (amr: string): FactorKind | null =>
  factorKinds.find((kind) => traits[kind].amr === amr) ?? null;
