import { earlier, isOver, later } from "@/lib/kernel/duration";
import { isBoundKind, placeOf, traitsOf } from "@/lib/policy/kinds";
import { pendingRules } from "@/lib/policy/pending-rules";
import { policy } from "@/lib/policy/policy";
import { firstDoor } from "@/lib/policy/traits";

/** Where somebody stands who asks for a dangerous change: their device, their proof, and how old all of it is. */
export type Standing = {
  /** When the session was logged in to. */
  readonly authTime: Date;
  /** Its last proof. At its login both moments are the same. */
  readonly provenAt: Date;
  readonly provenWith: string;
  /** Since when the session's device is known; null where it is none, or none any more. */
  readonly deviceSince: Date | null;
  /** When the password was last chosen: by a change, a reset, or anew after an alarm. */
  readonly passwordChangedAt: Date | null;
  readonly accountSince: Date;
  /** The kinds that are bound. */
  readonly kinds: readonly string[];
  /** Those of them that can be asked for at present: nobody can prove more. */
  readonly askable: readonly string[];
  /** When the youngest factor of the kind that was proven was confirmed; null where none is bound. */
  readonly youngestProvenAt: Date | null;
};

/** Was the last proof a weaker factor than one that they could have given and no false page can take? Then nothing that weakens the account is done at once. Pure. */
export function isProvenWeaker({ provenWith, askable }: Pick<Standing, "provenWith" | "askable">): boolean {
  const isWeaker = (kind: string) => traitsOf(kind)?.phishingResistant === true && placeOf(kind) < placeOf(provenWith);
  return isBoundKind(provenWith) && askable.some(isWeaker);
}

/**
 * May a dangerous change be done at once, or does it wait? At once only where a thief with the password and one phished code cannot stand: on a
 * settled device, with the strongest proof given after the login. Pure.
 */
export const isAtOnce = (standing: Standing, now: Date): boolean =>
  isSettled(standing, now) && isStrongestSinceLogin(standing, now);

/**
 * The device reputation that counts: it was known before this session's login, and for seven days at least; a change of the password starts the seven days anew. So does a reset, and so does an
 * alarm: both choose the password anew, and an alarm forgets every device besides. Pure.
 */
export function isSettled({ deviceSince, authTime, passwordChangedAt }: Standing, now: Date): boolean {
  if (deviceSince === null || deviceSince >= authTime) return false;
  const since = [deviceSince, passwordChangedAt ?? deviceSince];
  return since.every((moment) => isOver(later(moment, pendingRules.settledFor), now));
}

/**
 * The strongest proof that can be asked of the account was given in this session after its login, within the last ten minutes. A login is never that proof: it is
 * what a thief phishes. A recovery code never is: it lies on paper. A factor that is younger than seven days is none either, or a thief would bind
 * their own and prove with that, unless the account itself is younger. Pure.
 */
export function isStrongestSinceLogin(standing: Standing, now: Date): boolean {
  const { provenAt, provenWith, authTime, kinds, askable, youngestProvenAt, accountSince } = standing;
  if (provenAt <= authTime || isOver(later(provenAt, policy.proof.freshFor), now)) return false;
  const [strongest] =
    kinds.length === 0 ? [firstDoor] : [...askable].sort((one, other) => placeOf(one) - placeOf(other));
  if (provenWith !== strongest) return false;
  const weekAgo = earlier(now, pendingRules.settledFor);
  return youngestProvenAt === null || youngestProvenAt <= weekAgo || accountSince > weekAgo;
}
