/** A person's account as the rules see it. */
export type Account = {
  readonly id: string;
  readonly email: string;
  readonly username: string | null;
  readonly isAdmin: boolean;
  /** Sealed argon2id PHC string; null until an invitation was taken up. */
  readonly passwordHash: string | null;
  readonly passwordFailures: number;
  readonly credentialVersion: number;
  readonly disabledAt: Date | null;
};

/** What policy asks of an account: must it have a second factor? */
export function mustHaveFactor(account: { readonly isAdmin: boolean }, rule: "off" | "admins" | "everyone"): boolean {
  return rule === "everyone" || (rule === "admins" && account.isAdmin);
}
