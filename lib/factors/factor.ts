import { kindsByStrength } from "@/lib/kernel/kinds";

/** Kinds that a person binds, the strongest first: each has rows in the table of factors. The word is also folder, route segment and bucket. */
export const boundKinds = kindsByStrength;

/** Kinds that answer a challenge but protect nothing alone: saved recovery codes, and the password of an account with nothing else. */
export const otherKinds = ["recovery", "password"] as const;

export const factorKinds = [...boundKinds, ...otherKinds] as const;

export type BoundKind = (typeof boundKinds)[number];
export type FactorKind = (typeof factorKinds)[number];

/** One thing that a person holds. `secret` is sealed; only its own strategy opens it. */
export type Factor = {
  readonly id: string;
  readonly userId: string;
  readonly kind: string;
  readonly label: string;
  readonly secret: string | null;
  /** HMAC by which equal ones of other people are found; null where there is nothing to compare. */
  readonly handle: string | null;
  readonly lastStep: number | null;
  readonly lastUsedAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly replacesId: string | null;
};

export const isFactorKind = (word: unknown): word is FactorKind => factorKinds.some((kind) => kind === word);
export const isBoundKind = (word: unknown): word is BoundKind => boundKinds.some((kind) => kind === word);

/** A factor that is none: the account's own address, where a login's code goes while nothing that is bound can be reached. It renews no proof. */
export const isStandIn = (factor: Pick<Factor, "id" | "userId">): boolean => factor.id === factor.userId;
