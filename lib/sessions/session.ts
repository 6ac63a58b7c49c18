import { isOver, later } from "@/lib/kernel/duration";
import { isKindWord, placeOf } from "@/lib/kernel/kinds";
import { policy } from "@/lib/policy/policy";
import type { Held } from "@/lib/policy/second-factor";

/** Who is here and how they proved it. Made from the session's row and the person's at every request; nothing is authorised by a cookie alone. */
export type CurrentSession = {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly username: string | null;
  readonly isAdmin: boolean;
  readonly credentialVersion: number;
  readonly amr: readonly string[];
  readonly provenAt: Date;
  readonly provenWith: string;
  readonly deviceId: string | null;
  /** "portal", or the id of the app that it was opened through. */
  readonly lane: string;
  readonly lastSeenAt: Date;
  /** Active factors by kind. */
  readonly held: Held;
  /** The kinds among them, the strongest first; empty when nothing is bound. */
  readonly kinds: readonly string[];
  /** What the operator asks of this person apart, as it is stored. */
  readonly policy: unknown;
};

/** What stands in `provenWith` when nothing but the password was asked. */
export const passwordProof = "password";

/** What stands there after a saved recovery code. */
const recoveryProof = "recovery";

/** Proofs that are no second factor in NIST's sense (SP 800-63B-4, 3.1.3: e-mail shall not be used out of band): the session stays at AAL1. */
export const proofsOfLevelOne: readonly string[] = [passwordProof, "email"];

/** The assurance level (NIST SP 800-63B-4) of a login or step-up that was proven like this beside the password. */
export const levelOf = (provenWith: string): 1 | 2 => (proofsOfLevelOne.includes(provenWith) ? 1 : 2);

export type LastProof = Pick<CurrentSession, "provenAt" | "provenWith" | "kinds">;

/**
 * True while the last proof is at most ten minutes old and as good as the strongest that the account has. `askable`: the kinds that can be
 * asked for at present; one that the operator has switched off cannot be waited for.
 */
export function isFresh(session: LastProof, now: Date, askable: readonly string[] = session.kinds): boolean {
  return isStrongest(session, askable) && !isOver(later(session.provenAt, policy.proof.freshFor), now);
}

/**
 * With nothing bound any proof is the strongest, else one of the strongest kind held, or of a stronger one. A recovery code always is: people
 * keep it for the day on which a factor is lost. The password never is beside a factor, even when none can be asked for.
 */
function isStrongest({ provenWith, kinds }: LastProof, askable: readonly string[]): boolean {
  if (kinds.length === 0 || provenWith === recoveryProof) return true;
  const places = kinds.filter((kind) => askable.includes(kind)).map(placeOf);
  return places.length > 0 && isKindWord(provenWith) && placeOf(provenWith) <= Math.min(...places);
}
