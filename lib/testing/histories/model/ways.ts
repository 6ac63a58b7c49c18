import { guessable, numbers } from "@/lib/testing/histories/model/rules";
import type { StepUpAction } from "@/lib/testing/histories/model/said";
import type {
  BoundKind,
  Challenge,
  Device,
  Factor,
  GuessedKind,
  Kind,
  Person,
} from "@/lib/testing/histories/model/state";
import { boundKinds } from "@/lib/testing/histories/model/state";

/** A passkey that a browser made by itself stands for nothing before it has served. */
export const stands = ({ key }: Pick<Factor, "key">): boolean => key?.isUnasked !== true;

/** It counts where a second factor is demanded: e-mail does not. */
export const isStrong = (factor: Pick<Factor, "kind" | "key">): boolean => factor.kind !== "email" && stands(factor);

/** Something of this kind is bound, stands for its kind, and is strong enough to be asked for. */
export const holds = (person: Person, kind: BoundKind) =>
  isAllowed(person, kind) && person.factors.some((one) => one.kind === kind && stands(one));

/** The same at a login, where what stands for nothing may answer. */
export const holdsAtLogin = (person: Person, kind: BoundKind) =>
  isAllowed(person, kind) && person.factors.some((one) => one.kind === kind);

export const isAllowed = (person: Person, kind: BoundKind): boolean => !person.isStrict || kind === "passkey";

/** What wants a passkey itself beside one; for everything else what counts alone is enough too, and what would be done at once then waits. */
const strongestOnly: readonly StepUpAction[] = ["factor.add", "recovery.regenerate", "password.change", "change.veto"];

/** What is enough beside a passkey, for such an action. */
export const enoughBeside = (person: Person, action: StepUpAction | null): BoundKind[] =>
  action === null || strongestOnly.includes(action) || !holds(person, "passkey")
    ? []
    : (["totp", "sms"] as const).filter((kind) => holds(person, kind));

/** The strongest kind that somebody holds and can be asked for; null where there is none. */
export const strongestOf = (person: Person): BoundKind | null => boundKinds.find((kind) => holds(person, kind)) ?? null;

/**
 * The ways to offer, in order. Only what is strong enough for this person, and codes from paper. At a login whatever is held, the last used first and recovery codes last. For a fresh proof the strongest, or a
 * recovery code; whose strongest is e-mail types the password first. For a reset as at a login, but never what comes by e-mail.
 */
export function waysOf(person: Person, { purpose, isHalf, action }: Challenge): Kind[] {
  const saved: Kind[] = person.codes.length > 0 ? ["recovery"] : [];
  const strongest = strongestOf(person);
  if (purpose === "STEP_UP") {
    if (strongest === null) return person.factors.length === 0 ? ["password"] : saved;
    return [strongest === "email" && !isHalf ? "password" : strongest, ...enoughBeside(person, action), ...saved];
  }
  const used = (kind: BoundKind) =>
    Math.max(0, ...person.factors.filter((one) => one.kind === kind).map(({ usedAt }) => usedAt));
  const held =
    purpose === "LOGIN"
      ? boundKinds.filter((kind) => holdsAtLogin(person, kind))
      : boundKinds.filter((kind) => holds(person, kind) && kind !== "email");
  if (purpose === "RESET" && person.factors.length === 0) return [];
  const last = [...held].sort((one, other) => used(other) - used(one))[0];
  const first = last !== undefined && used(last) > 0 ? [last] : [];
  return [...first, ...held.filter((kind) => !first.includes(kind)), ...saved];
}

/** Which of them are closed to this browser for good: they stand last. */
export function closedOf(person: Person, challenge: Challenge): Kind[] {
  const ways = waysOf(person, challenge);
  const shut = (kind: BoundKind) => kind !== "passkey" && isClosedTo(person, challenge.device, kind);
  return ways.filter(
    (way) =>
      (way !== "recovery" && way !== "password" && shut(way)) ||
      (way === "password" && strongestOf(person) !== null && shut("email")) ||
      (way === "password" && strongestOf(person) === null && isClosedTo(person, challenge.device, "password")),
  );
}

/** Strangers stop at ninety of a binding's life or a hundred in a row, a known device only at the hundred of the binding. */
export function isClosedTo(person: Person, device: Device | null, kind: GuessedKind | "password"): boolean {
  const { fails, life } = person.tries[kind];
  if (device !== null) return life >= numbers.capOfBinding;
  return fails >= numbers.allInRow || (kind !== "password" && life >= guessable.life);
}
