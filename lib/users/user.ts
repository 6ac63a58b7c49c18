/** A person's account as the rules see it. */
export type Account = {
  readonly id: string;
  readonly email: string;
  readonly username: string | null;
  readonly phone: string | null;
  readonly isAdmin: boolean;
  /** Sealed argon2id PHC string; null until an invitation was taken up. */
  readonly passwordHash: string | null;
  /** Sealed like it: the hash that an alarm closed, and the moment that the alarm was about; null unless there is no other. */
  readonly closedPassword: string | null;
  readonly passwordClosedAt: Date | null;
  readonly passwordFailures: number;
  readonly credentialVersion: number;
  readonly disabledAt: Date | null;
  /** What the operator asks of this person apart, as it is stored; `demandOn` reads it. */
  readonly policy: unknown;
};

/** What an app may know of the person who uses it. */
export type Profile = {
  readonly id: string;
  readonly email: string;
  /** A link or code that was sent there was used. */
  readonly isEmailConfirmed: boolean;
  readonly username: string | null;
  readonly phone: string | null;
  readonly name: string | null;
  readonly nickname: string | null;
  /** Address of a picture, https. */
  readonly photo: string | null;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
};
