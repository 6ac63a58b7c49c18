import { vouch } from "@/lib/crypto/event-mac";

/** A seal of events, as it is stored. `number`: from 1, without a gap; `lastId`: where its stretch ends. */
export type Seal = {
  readonly number: number;
  readonly lastId: number;
  readonly events: number;
  /** Of them, those that an older version wrote, without an HMAC. */
  readonly unsigned: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly madeAt: Date;
  /** Over what stands for its events, in the order of their ids. */
  readonly digest: string;
  readonly mac: string;
  /** Vouches for it that everything up to here was swept. */
  readonly sweptMac: string | null;
};

/** What vouches for a seal, and by the mac of the one before for all that came before it. Null: it is the first. */
export const macOfSeal = (seal: Omit<Seal, "mac" | "sweptMac">, before: string | null): string =>
  vouch([
    "seal",
    seal.number,
    seal.lastId,
    seal.events,
    seal.unsigned,
    seal.firstAt.getTime(),
    seal.lastAt.getTime(),
    seal.madeAt.getTime(),
    seal.digest,
    before,
  ]);

/** What vouches for it that a portal swept everything up to this seal, because it was old enough. */
export const sweptMacOf = ({ number, mac }: Pick<Seal, "number" | "mac">): string => vouch(["swept", number, mac]);

/** By this a seal can be known again: whoever keeps it elsewhere finds out when the newest ones were cut off. */
export type SealName = Pick<Seal, "number" | "mac">;

/** `812:kJ0…`, as it is printed and typed. */
export const inOneWord = ({ number, mac }: SealName): string => `${number}:${mac}`;

/** Null for anything that is no such word. */
export function readSealName(word: string): SealName | null {
  const [, number, mac] = word.trim().match(/^(\d{1,15}):([\w-]{43})$/) ?? [];
  return number === undefined || mac === undefined ? null : { number: Number(number), mac };
}
