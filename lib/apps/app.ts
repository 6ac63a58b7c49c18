/** A relying party: a program of somebody else's whose people log in here, as the operator registered it. Its id is no secret: it authorises nothing by itself. */
export type App = {
  readonly id: string;
  readonly name: string;
  /** Web origins whose pages may call the API for it: scheme, host and port, as browsers write them. */
  readonly origins: readonly string[];
  /** Addresses and ranges (CIDR) of its own servers: in calls from there the visitor's address is what the call says (`clientIp`). */
  readonly servers: readonly string[];
  /** Where the portal's pages lead somebody back who came from it; null: nowhere. */
  readonly redirect: string | null;
  /** Whether it is told whole numbers and addresses instead of masked ones. */
  readonly unmasked: boolean;
  /** Whether it demands a second factor of everybody who logs in through it, whatever policy says. */
  readonly demands: boolean;
  /** Whether it stands for calls that name no app. One at most. */
  readonly isDefault: boolean;
};
