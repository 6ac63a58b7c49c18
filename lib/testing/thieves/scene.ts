import type { House } from "@/lib/testing/story";
import type { Owner } from "@/lib/testing/thieves/owner";

/** What a thief may hold of an owner's. */
export const things = [
  "the password",
  "the mailbox",
  "the number (SIM)",
  "the owner's unlocked laptop",
  "a known device's cookie",
  "one code, phished",
] as const;
export type Thing = (typeof things)[number];

const laptop: Thing = "the owner's unlocked laptop";
const cookie: Thing = "a known device's cookie";

const pairs = things.flatMap((one, at) => things.slice(at + 1).map((other) => [one, other] as const));

/** Whoever holds one of these, or two; the laptop has the cookie in it. */
export const thieves: readonly (readonly Thing[])[] = [
  ...things.map((one) => [one]),
  ...pairs.filter(([one, other]) => one !== laptop || other !== cookie),
];

/** A thief before the account of an owner. */
export type Scene = {
  readonly house: House;
  readonly owner: Owner;
  readonly held: readonly Thing[];
  /** How many codes they have that were phished and not used yet. */
  codes: number;
  /** The password as they know it; null: they do not. */
  password: string | null;
  /** Of the session that they are in; null: of none. */
  token: string | null;
  /** They were asked for a proof, and had none. */
  isUnproven: boolean;
};

export const sceneOf = (house: House, owner: Owner, held: readonly Thing[]): Scene => ({
  house,
  owner,
  held,
  codes: held.includes("one code, phished") ? 1 : 0,
  password: held.includes("the password") ? owner.person.password : null,
  token: held.includes(laptop) ? owner.laptop : null,
  isUnproven: false,
});

/** What their browser sends of known devices: a copy, or that of the laptop itself. */
export const cookieOf = ({ held, owner }: Scene): string | null =>
  held.includes(cookie) || held.includes(laptop) ? owner.jar.devices : null;

export const nameOf = (held: readonly Thing[]): string => held.join(" and ");
