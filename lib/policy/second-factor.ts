import { isOver } from "@/lib/kernel/duration";
import { countsAlone, placeOf } from "@/lib/policy/kinds";
import { type PersonPolicy, readPersonPolicy } from "@/lib/policy/person-policy";
import { isStrongEnough, type Strength, strongerOf } from "@/lib/policy/strength";
import { type BoundKind, boundKinds, fallback, firstDoor, traits } from "@/lib/policy/traits";

/** What the operator demands of everybody: `config().secondFactor`. */
export type DemandRules = {
  readonly demand: "off" | "admins" | "everyone";
  readonly from: Date | null;
  readonly kinds: readonly BoundKind[];
  readonly count: 1 | 2 | 3;
  readonly emailCounts: boolean;
  readonly strength: Strength;
};

/** Whose demand: `policy` is the JSON of their row as it was stored. */
export type Demanded = { readonly isAdmin: boolean; readonly policy: unknown };

/** What is asked of one person at one moment. */
export type Demand = {
  readonly isDemanded: boolean;
  /** The day from which it will be demanded, while that day is still to come. */
  readonly from: Date | null;
  /** What they may bind, in the order in which it is offered. */
  readonly kinds: readonly BoundKind[];
  /** How many factors, once it is demanded. */
  readonly count: number;
  /** Whether codes by e-mail are one of them. */
  readonly emailCounts: boolean;
  /** What is asked for, and may be bound. */
  readonly strength: Strength;
};

/** Active factors of one person by kind. */
export type Held = Readonly<Record<string, number>>;

/**
 * What the operator asks of this person now: the assurance level (NIST SP 800-63B-4) of their sessions. What is said for the person goes before what is said for everybody, key by key. A person's own
 * "on" holds at once unless it has a day of its own. Authenticator apps are always allowed and offered first, e-mail last; for an
 * administrator e-mail is neither offered nor counted. Of a damaged policy only what makes it stricter counts.
 */
export function demandOn(person: Demanded, rules: DemandRules, now: Date): Demand {
  const { policy, isWhole } = readPersonPolicy(person.policy);
  const asRead = demandUnder(policy, { isAdmin: person.isAdmin, rules, now });
  if (isWhole) return asRead;
  return stricterOf(asRead, demandUnder({}, { isAdmin: person.isAdmin, rules, now }));
}

/** What this person may answer with: see `isStrongEnough`. Of a damaged policy only what makes it stricter counts. */
export function strengthFor(
  { policy: stored }: Pick<Demanded, "policy">,
  rules: Pick<DemandRules, "strength">,
): Strength {
  const { policy, isWhole } = readPersonPolicy(stored);
  const own = policy.strength ?? rules.strength;
  return isWhole ? own : strongerOf(own, rules.strength);
}

type Frame = { readonly isAdmin: boolean; readonly rules: DemandRules; readonly now: Date };

function demandUnder(own: PersonPolicy, { isAdmin, rules, now }: Frame): Demand {
  const ofEverybody = rules.demand === "everyone" || (rules.demand === "admins" && isAdmin);
  const isAsked = own.demand === undefined ? ofEverybody : own.demand === "on";
  const start = own.from ?? (own.demand === "on" ? null : rules.from);
  const strength = own.strength ?? rules.strength;
  const coming = isAsked && start !== null && !isOver(start, now) ? start : null;
  return {
    isDemanded: isAsked && coming === null,
    from: coming,
    kinds: inOrder(own.kinds ?? rules.kinds).filter(
      (kind) => isAllowed(kind, { isAdmin, rules }) && isStrongEnough(kind, strength),
    ),
    count: own.count ?? rules.count,
    emailCounts: (own.emailCounts ?? rules.emailCounts) && !isAdmin,
    strength,
  };
}

/** A kind that is not listed for everybody has no channel behind it, so nobody can be allowed it apart. */
function isAllowed(kind: BoundKind, { isAdmin, rules }: Pick<Frame, "isAdmin" | "rules">): boolean {
  const { allowedForAdmins, alwaysOffered } = traits[kind];
  if (isAdmin && !allowedForAdmins) return false;
  return alwaysOffered || rules.kinds.includes(kind);
}

function inOrder(kinds: readonly BoundKind[]): BoundKind[] {
  const always = boundKinds.filter((kind) => traits[kind].alwaysOffered);
  const listed = [...always, ...kinds.filter((kind) => !traits[kind].alwaysOffered)];
  const offered = (place: "first" | "listed" | "last") => listed.filter((kind) => traits[kind].order === place);
  const first = [...offered("first")].sort((one, other) => placeOf(one) - placeOf(other));
  return [...first, ...offered("listed"), ...offered("last")];
}

/** The same at the door of an app: one that demands a second factor of everybody is not put off until a day. */
export function demandThrough(isDemandedByApp: boolean, demand: Demand): Demand {
  return isDemandedByApp ? { ...demand, isDemanded: true, from: null } : demand;
}

/** Each answer from the one that asks for more. */
function stricterOf(one: Demand, other: Demand): Demand {
  const isDemanded = one.isDemanded || other.isDemanded;
  const days = [one.from, other.from].flatMap((day) => (day === null ? [] : [day.getTime()]));
  return {
    isDemanded,
    from: isDemanded || days.length === 0 ? null : new Date(Math.min(...days)),
    kinds: one.kinds.filter((kind) => other.kinds.includes(kind)),
    count: Math.max(one.count, other.count),
    emailCounts: one.emailCounts && other.emailCounts,
    strength: strongerOf(one.strength, other.strength),
  };
}

/**
 * How many factors this person must still bind: 0 when nothing is demanded. `held` are the factors that they can answer with, whether
 * their kind may still be bound or not. Codes by e-mail count only where policy says so.
 */
export function stillOwed(demand: Pick<Demand, "isDemanded" | "count" | "emailCounts">, held: Held): number {
  return demand.isDemanded ? owedOnceDemanded(demand, held) : 0;
}

/**
 * May a session do nothing but bind? Whoever owes a factor; and where only what no false page can take is enough, whoever came in by a recovery code, which
 * is typed and could have been lured out of them: until they have bound what is asked. `held`: what can be answered with.
 */
export const mustBind = (session: { readonly provenWith: string }, demand: Demand, held: Held): boolean =>
  stillOwed(demand, held) > 0 || (demand.strength !== "any" && session.provenWith === fallback);

/**
 * Must a session prove itself once more before anything else? One that was proven by a kind which is strong enough no longer, of somebody who can answer with one that
 * is; or by the password alone, as in a browser that its owner trusted before the rule. `held`: what can be answered with.
 */
export function mustProve(
  { provenWith }: { readonly provenWith: string },
  demand: Pick<Demand, "strength">,
  held: Held,
) {
  const isProven =
    isStrongEnough(provenWith, demand.strength) && (provenWith !== firstDoor || demand.strength === "any");
  return !isProven && kindsOf(held).length > 0;
}

/** Does a factor of this kind help to satisfy the demand? */
export const countsUnder = ({ emailCounts }: Pick<Demand, "emailCounts">, kind: string): boolean =>
  emailCounts || countsAlone(kind);

/** The same as if the day had come: what a person had better bind before it does. */
export function owedOnceDemanded({ count, emailCounts }: Pick<Demand, "count" | "emailCounts">, held: Held): number {
  const counting = Object.entries(held).filter(([kind]) => countsUnder({ emailCounts }, kind));
  return Math.max(count - counting.reduce((sum, [, number]) => sum + number, 0), 0);
}

/** Factors counted by kind. */
export function heldOf(factors: readonly { readonly kind: string }[]): Held {
  const held: Record<string, number> = {};
  for (const { kind } of factors) held[kind] = (held[kind] ?? 0) + 1;
  return held;
}

/** The kinds of which at least one is held, the strongest first. */
export const kindsOf = (held: Held): string[] =>
  Object.keys(held)
    .filter((kind) => (held[kind] ?? 0) > 0)
    .sort((one, other) => placeOf(one) - placeOf(other));
