import { guessable, numbers } from "@/lib/testing/histories/model/rules";
import type { BoundKind, Challenge, Device, Kind, Person } from "@/lib/testing/histories/model/state";
import { boundKinds } from "@/lib/testing/histories/model/state";

const holds = (person: Person, kind: BoundKind) => person.factors.some((one) => one.kind === kind);

/** The strongest kind that somebody holds; null where nothing is bound. */
export const strongestOf = (person: Person): BoundKind | null => boundKinds.find((kind) => holds(person, kind)) ?? null;

/**
 * The ways to offer, in order. At a login whatever is held, the last used first and recovery codes last. For a fresh proof the strongest, or a
 * recovery code; whose strongest is e-mail types the password first. For a reset as at a login, but never what comes by e-mail.
 */
export function waysOf(person: Person, { purpose, isHalf }: Challenge): Kind[] {
  const saved: Kind[] = person.codes.length > 0 ? ["recovery"] : [];
  const strongest = strongestOf(person);
  if (purpose === "STEP_UP") {
    if (strongest === null) return ["password"];
    return [strongest === "email" && !isHalf ? "password" : strongest, ...saved];
  }
  const used = (kind: BoundKind) =>
    Math.max(0, ...person.factors.filter((one) => one.kind === kind).map(({ usedAt }) => usedAt));
  const held = boundKinds.filter((kind) => holds(person, kind) && (purpose === "LOGIN" || kind !== "email"));
  if (purpose === "RESET" && strongest === null) return [];
  const last = [...held].sort((one, other) => used(other) - used(one))[0];
  const first = last !== undefined && used(last) > 0 ? [last] : [];
  return [...first, ...held.filter((kind) => !first.includes(kind)), ...saved];
}

/** Which of them are closed to this browser for good: they stand last. */
export function closedOf(person: Person, challenge: Challenge): Kind[] {
  const ways = waysOf(person, challenge);
  const shut = (kind: BoundKind) => isClosedTo(person, challenge.device, kind);
  return ways.filter(
    (way) =>
      (way !== "recovery" && way !== "password" && shut(way)) ||
      (way === "password" && strongestOf(person) !== null && shut("email")) ||
      (way === "password" && strongestOf(person) === null && isClosedTo(person, challenge.device, "password")),
  );
}

/** Strangers stop at ninety of a binding's life or a hundred in a row, a known device only at the hundred of the binding. */
export function isClosedTo(person: Person, device: Device | null, kind: BoundKind | "password"): boolean {
  const { fails, life } = person.tries[kind];
  if (device !== null) return life >= numbers.capOfBinding;
  return fails >= numbers.allInRow || (kind !== "password" && life >= guessable.life);
}
