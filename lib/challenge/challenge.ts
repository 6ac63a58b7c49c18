export type Purpose = "LOGIN" | "STEP_UP";

/** What the cookie between the two doors names: a challenge, and which of its tokens. Neither opens anything by itself. */
export type Pass = { readonly challengeId: string; readonly tokenId: string };

/** A live challenge as its row tells it. */
export type Challenge = {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly isAdmin: boolean;
  /** What the operator asks of this person apart, as it is stored. */
  readonly policy: unknown;
  readonly purpose: Purpose;
  readonly state: "OPEN" | "SATISFIED";
  readonly attemptsLeft: number;
  /** What was proven for it before: the password of a login, or the first half of a step-up in two. */
  readonly firstAmr: readonly string[];
  readonly credentialVersion: number;
  readonly sessionId: string | null;
  readonly deviceId: string | null;
  readonly returnTo: string;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};
