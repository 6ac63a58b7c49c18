/** A way in, a fresh proof inside a session, or the second factor of a forgotten password. */
export type Purpose = "LOGIN" | "STEP_UP" | "RESET";

/**
 * What the token between the two doors names: a challenge, which of its tokens, and the client that it was handed out to ("portal", or an
 * app's id). None of them opens anything by itself.
 */
export type Pass = { readonly challengeId: string; readonly tokenId: string; readonly clientId: string };

/** A live challenge as its row tells it: one authentication transaction, from the first door to its end. */
export type Challenge = {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly isAdmin: boolean;
  /** What the operator asks of this person apart, as it is stored. */
  readonly policy: unknown;
  readonly purpose: Purpose;
  readonly state: "OPEN" | "SATISFIED";
  /** "portal", or the id of the app that the login goes through. */
  readonly clientId: string;
  /** The kind that satisfied it, and the time step of the code that did, where there is one. */
  readonly satisfiedWith: string | null;
  readonly satisfiedStep: number | null;
  readonly attemptsLeft: number;
  /** What was proven for it before: the password of a login, or the first half of a step-up in two. */
  readonly firstAmr: readonly string[];
  readonly credentialVersion: number;
  readonly sessionId: string | null;
  readonly deviceId: string | null;
  /** A login on a computer that others use too: nothing of it is kept there. */
  readonly isShared: boolean;
  readonly returnTo: string;
  readonly reason: string | null;
  /** The link that a reset spends, until it is spent. */
  readonly linkId: string | null;
  /** Of a reset after an alarm: the moment that the alarm was about. What was bound since answers nothing. */
  readonly onlyBefore: Date | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** Why a reset was begun by a password that an alarm has closed: the strongest factor and a recovery code lead to a new one. */
export const closedPassword = "closed_password";

/** A reset that the old password of a locked account has begun, and no letter. */
export const isByClosedPassword = ({ reason }: Pick<Challenge, "reason">): boolean => reason === closedPassword;

/** A login and a reset are of whoever holds their token; a step-up counts only in the session that asked for it. */
export const isOfSession = (challenge: Pick<Challenge, "purpose" | "sessionId">, sessionId: string | null): boolean =>
  challenge.purpose !== "STEP_UP" || challenge.sessionId === sessionId;
