import { isOver, later } from "@/lib/kernel/duration";
import type { Wanted } from "@/lib/policy/freshness";
import { countsAlone, isBoundKind, placeOf, traitsOf } from "@/lib/policy/kinds";
import { policy } from "@/lib/policy/policy";
import type { Held } from "@/lib/policy/second-factor";
import { fallback } from "@/lib/policy/traits";

/** Who is here and how they proved it. Made from the session's row and the person's at every request; nothing is authorised by a cookie alone. */
export type CurrentSession = {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  /** A link or code that was sent there was used. */
  readonly isEmailConfirmed: boolean;
  readonly username: string | null;
  readonly isAdmin: boolean;
  readonly credentialVersion: number;
  readonly amr: readonly string[];
  readonly provenAt: Date;
  /** The kind that proved it; the first door's own word when nothing else was asked. */
  readonly provenWith: string;
  readonly deviceId: string | null;
  /** "portal", or the id of the app that it was opened through. */
  readonly clientId: string;
  readonly lastSeenAt: Date;
  /** Active factors by kind. */
  readonly held: Held;
  /** The kinds among them, the strongest first; empty when nothing is bound. */
  readonly kinds: readonly string[];
  /** What the operator asks of this person apart, as it is stored. */
  readonly policy: unknown;
  /** A dangerous change of the account waits: every page says so. */
  readonly hasWaiting: boolean;
  /** The moment to which a restore set the portal back, until this person has read what that means. */
  readonly setBackTo: Date | null;
};

export type LastProof = Pick<CurrentSession, "provenAt" | "provenWith" | "kinds">;

/** `askable`: the kinds that can be asked for at present; one that the operator has switched off cannot be waited for. */
type Wish = { readonly askable?: readonly string[]; readonly wants?: Wanted };

/**
 * False when an action asks for reauthentication (ASVS 5.0, 7.5.1): true while the last proof is at most ten minutes old and as good as the strongest that the account has, or as
 * what the action `wants`.
 */
export function isFresh(
  session: LastProof,
  now: Date,
  { askable = session.kinds, wants = "strongest" }: Wish = {},
): boolean {
  const isGood = isStrongest(session, askable) || (wants === "strong" && isStrongBeside(session, askable));
  return isGood && !isOver(later(session.provenAt, policy.proof.freshFor), now);
}

/**
 * With nothing bound any proof is the strongest, else one of the strongest kind held, or of a stronger one. A recovery code always is: people
 * keep it for the day on which a factor is lost. The password never is beside a factor, even when none can be asked for.
 */
function isStrongest({ provenWith, kinds }: LastProof, askable: readonly string[]): boolean {
  if (kinds.length === 0 || provenWith === fallback) return true;
  const places = kinds.filter((kind) => askable.includes(kind)).map(placeOf);
  return places.length > 0 && isBoundKind(provenWith) && placeOf(provenWith) <= Math.min(...places);
}

/** Another factor that counts alone, beside one that no false page can take. */
function isStrongBeside({ provenWith, kinds }: LastProof, askable: readonly string[]): boolean {
  const answerable = kinds.filter((kind) => askable.includes(kind));
  if (!answerable.includes(provenWith) || !isBoundKind(provenWith)) return false;
  return countsAlone(provenWith) && answerable.some((kind) => traitsOf(kind)?.phishingResistant);
}
