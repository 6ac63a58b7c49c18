import type { FactorKind } from "@/lib/factors/factor";

export type Purpose = "LOGIN" | "STEP_UP";

/** What the cookie between the two doors names: a challenge, and which of its tokens. Neither opens anything by itself. */
export type Pass = { readonly challengeId: string; readonly tokenId: string };

/** A live challenge as its row tells it. */
export type Challenge = {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly purpose: Purpose;
  readonly state: "OPEN" | "SATISFIED";
  readonly attemptsLeft: number;
  readonly credentialVersion: number;
  readonly sessionId: string | null;
  readonly deviceId: string | null;
  readonly returnTo: string;
  readonly reason: string | null;
  readonly expiresAt: Date;
};

/** May this challenge be answered with this kind? The password is the first door of a login, so it cannot be its second. */
export function mayAnswerWith(purpose: Purpose, kind: FactorKind): boolean {
  return kind !== "password" || purpose === "STEP_UP";
}
