import { vouch } from "@/lib/crypto/event-mac";

/** A seal of events, as it is stored. `number`: from 1, without a gap; `lastId`: where its stretch ends. */
export type Seal = {
  readonly number: bigint;
  readonly lastId: bigint;
  readonly events: number;
  /** Of them, those without an HMAC that were taken for an older version's. */
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

/** As JSON has it: a number that it cannot hold exactly is a text. */
const written = (id: bigint) => (BigInt.asIntN(53, id) === id ? Number(id) : String(id));

/** All that a seal says of its stretch. */
const saidBy = (seal: Omit<Seal, "mac" | "sweptMac">) => [
  written(seal.number),
  written(seal.lastId),
  seal.events,
  seal.unsigned,
  seal.firstAt.getTime(),
  seal.lastAt.getTime(),
  seal.madeAt.getTime(),
  seal.digest,
];

/** What vouches for a seal, and by the mac of the one before for all that came before it. Null: it is the first. */
export const macOfSeal = (seal: Omit<Seal, "mac" | "sweptMac">, before: string | null): string =>
  vouch(["seal", ...saidBy(seal), before]);

/**
 * What vouches for it that a portal swept everything up to this seal, because it was old enough. Over all that the seal says: its own mac can be made again only
 * as long as the one before is there, and that one is swept.
 */
export const sweptMacOf = (seal: Omit<Seal, "sweptMac">): string => vouch(["swept", ...saidBy(seal), seal.mac]);

/** True when a portal has said that everything up to this seal was swept. */
export const isVouchedSwept = (seal: Seal): boolean => seal.sweptMac !== null && seal.sweptMac === sweptMacOf(seal);

/** True when whoever had the key made `seal` behind `before`; null: as the first of all. */
export const isNextOf = (seal: Seal, before: SealName | null): boolean =>
  seal.number === (before?.number ?? 0n) + 1n && seal.mac === macOfSeal(seal, before?.mac ?? null);

/** By this a seal can be known again: whoever keeps it elsewhere finds out when the newest ones were cut off. */
export type SealName = Pick<Seal, "number" | "mac">;

/** `812:kJ0…`, as it is printed and typed. */
export const inOneWord = ({ number, mac }: SealName): string => `${number}:${mac}`;

/** Null for anything that is no such word. */
export function readSealName(word: string): SealName | null {
  const [, number, mac] = word.trim().match(/^(\d{1,15}):([\w-]{43})$/) ?? [];
  return number === undefined || mac === undefined ? null : { number: BigInt(number), mac };
}
