import { blindIndex } from "@/lib/crypto/index-keys";
import { seal, unseal } from "@/lib/crypto/seal";

/** Under what an address of somebody's is sealed; key rotation asks too. */
export const contactSealedFor = (userId: string, id: string) => ({ use: "enc:contact", owner: [userId, id] }) as const;

/** A row with a sealed address. */
export type SealedContact = { readonly id: string; readonly userId: string; readonly address: string };

/** An address as its row has it. */
export const sealContact = ({ id, userId, address }: SealedContact): string =>
  seal(address, contactSealedFor(userId, id));

/** The plain address of a row, or null when it was damaged or moved to another person. */
export const openContact = ({ id, userId, address }: SealedContact): string | null =>
  unseal(address, contactSealedFor(userId, id));

/** By what equal addresses of one person find each other, without one being readable in the table. */
export const contactHandle = (channel: string, address: string): string =>
  blindIndex("mac:destination", [`notice.${channel}`, address]);
