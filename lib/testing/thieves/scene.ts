import type { SoftwareKey } from "@/lib/testing/software-key";
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

/** What they may hold of an owner's who has passkeys, beside these. */
export const keyThings = [
  "the owner's key, which has no PIN",
  "the owner's passkey and its PIN",
  "a passkey of their own, bound while inside",
  "the passkey that the owner's browser made, and its PIN",
] as const;
export type Thing = (typeof things)[number] | (typeof keyThings)[number];

/** What a thief calls their own factor. */
export const thiefsLabel = "Thief's";

const laptop: Thing = "the owner's unlocked laptop";
const cookie: Thing = "a known device's cookie";
const [password, , number] = things;
const code: Thing = "one code, phished";

const pairs = things.flatMap((one, at) => things.slice(at + 1).map((other) => [one, other] as const));

/** Do two of these reach no more than the better of both? A copy of the cookie adds only to a password, and a number and a code of the app open no first door. */
export const isNoMore = ([one, other]: readonly Thing[]): boolean =>
  one !== password && (one === cookie || other === cookie || (one === number && other === code));

/** Whoever holds one of these, or two. */
export const thieves: readonly (readonly Thing[])[] = [...things.map((one) => [one]), ...pairs];

/** A thief before the account of an owner. */
export type Scene = {
  readonly house: House;
  readonly owner: Owner;
  readonly held: readonly Thing[];
  /** How many codes they have that were phished and not used yet. */
  codes: number;
  /** The password as they know it; null: they do not. */
  password: string | null;
  /** The passkey that answers for them; null: none does. */
  key: SoftwareKey | null;
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
  key: keyOf(owner, held),
  token: held.includes(laptop) ? owner.laptop : null,
  isUnproven: false,
});

function keyOf({ keys }: Owner, held: readonly Thing[]): SoftwareKey | null {
  const [bare, own, , made] = keyThings;
  if (held.includes(made)) return keys?.made ?? null;
  if (held.includes(bare)) return keys?.bare ?? null;
  return held.includes(own) ? (keys?.own ?? null) : null;
}

/** What their browser sends of known devices: a copy, or that of the laptop itself. */
export const cookieOf = ({ held, owner }: Scene): string | null =>
  held.includes(cookie) || held.includes(laptop) ? owner.jar.devices : null;

export const nameOf = (held: readonly Thing[]): string => held.join(" and ");
