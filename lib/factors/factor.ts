/** One thing that a person holds. `secret` is sealed; only its own strategy opens it. */
export type Factor = {
  readonly id: string;
  readonly userId: string;
  readonly kind: string;
  readonly label: string;
  readonly secret: string | null;
  /** HMAC by which equal ones of other people are found; null where there is nothing to compare. */
  readonly handle: string | null;
  /** What the kind remembers besides; its own strategy reads it. */
  readonly data: unknown;
  readonly lastStep: number | null;
  readonly lastUsedAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly replacesId: string | null;
};

/** A factor that is none: the account's own address, where a login's code goes while nothing that is bound can be reached. It renews no proof. */
export const isStandIn = (factor: Pick<Factor, "id" | "userId">): boolean => factor.id === factor.userId;
