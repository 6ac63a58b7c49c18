import { type Challenge, closedPassword, type Purpose } from "@/lib/challenge/challenge";
import { heldFor } from "@/lib/challenge/held-before";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import { findHeldKinds, type HeldKind } from "@/lib/factors/held-kinds";
import { usableKinds } from "@/lib/factors/on-offer";
import { type Wanted, wantedBy } from "@/lib/policy/freshness";
import { comesByMail, isBoundKind } from "@/lib/policy/kinds";
import {
  type BoundKind,
  boundKinds,
  type FactorKind,
  factorKinds,
  fallback,
  firstDoor,
  traits,
} from "@/lib/policy/traits";

/** What a person could answer with, and when they last did. */
export type Holding = { readonly kind: FactorKind; readonly lastUsedAt: Date | null };

/** What decides which of them a challenge takes. */
export type Question = {
  readonly purpose: Purpose;
  /** What was proven for this challenge before. */
  readonly firstAmr: readonly string[];
  /** Anything at all is bound, whether it can be asked for at present or not. */
  readonly hasFactor: boolean;
  /** How good a fresh proof must be. */
  readonly wants?: Wanted;
  /** A reset that was begun by a password which an alarm has closed: two proofs are asked for, one after the other. */
  readonly isAfterAlarm?: boolean;
};

/** The password's own word in `firstAmr`. */
export const passwordAmr = traits[firstDoor].amr;

/**
 * The ways to offer, in order. At a login: whatever is held, the last used first, then in the operator's order, recovery codes at the end;
 * never the password, it was the first door. For a fresh proof: the strongest kind held, where the action lets it what is strong beside one that no false page can take, or a recovery code, the fall-back when it is lost.
 * Whose strongest needs the password first types that and the code then; who has bound nothing types the password. For a reset: as at a login, but for what
 * reaches the mailbox to which the reset was sent: that is no second factor of it (ASVS 5.0, 6.4.3). Pure.
 */
export function waysOf(
  question: Question,
  holdings: readonly Holding[],
  order: readonly string[] = boundKinds,
): FactorKind[] {
  const bound = holdings.filter(({ kind }) => isBoundKind(kind));
  const saved = holdings.filter(({ kind }) => kind === fallback).map(({ kind }) => kind);
  if (question.purpose === "LOGIN") return [...inOrder(bound, order), ...saved];
  if (question.purpose === "RESET") return waysOfReset(question, inOrder(bound, order), saved);
  const strongest = boundKinds.find((word) => bound.some(({ kind }) => kind === word));
  if (strongest === undefined) return question.hasFactor ? saved : [firstDoor];
  const needsPassword = traits[strongest].needsPasswordFirst && !question.firstAmr.includes(passwordAmr);
  return [needsPassword ? firstDoor : strongest, ...strongBeside(question, strongest, bound), ...saved];
}

/** Whoever lost a key that no false page can take proves it by what counts alone besides; what they then ask for waits. */
function strongBeside({ wants }: Question, strongest: BoundKind, bound: readonly Holding[]): FactorKind[] {
  if (wants !== "strong" || !traits[strongest].phishingResistant) return [];
  const others = boundKinds.filter((kind) => kind !== strongest && traits[kind].countsAlone);
  return others.filter((word) => bound.some(({ kind }) => kind === word));
}

/** The strongest first, and then a recovery code, where an alarm has closed the password that was typed; with either of them missing there is no such way. */
function waysOfReset(question: Question, bound: readonly FactorKind[], saved: readonly FactorKind[]): FactorKind[] {
  const counting = bound.filter((kind) => !comesByMail(kind));
  if (question.isAfterAlarm !== true) return question.hasFactor ? [...counting, ...saved] : [];
  const strongest = boundKinds.find((kind) => counting.includes(kind));
  if (strongest === undefined || saved.length === 0) return [];
  return question.firstAmr.includes(traits[strongest].amr) ? [...saved] : [strongest];
}

function inOrder(bound: readonly Holding[], order: readonly string[]): FactorKind[] {
  const used = ({ lastUsedAt }: Holding) => lastUsedAt?.getTime() ?? 0;
  const last = Math.max(0, ...bound.map(used));
  const place = (holding: Holding) => (last > 0 && used(holding) === last ? -1 : order.indexOf(holding.kind));
  return [...bound].sort((one, other) => place(one) - place(other)).map(({ kind }) => kind);
}

/**
 * The way that a login will ask for first, as the first door can tell it from the count of what is held, so that it leads there without a hop. Null
 * where that count does not tell: with recovery codes, or the account's own address, in the place of what is held. The page of a way looks again. Pure.
 */
export function firstWayOf(
  held: readonly HeldKind[],
  { order, answerable }: { readonly order: readonly string[]; readonly answerable: readonly FactorKind[] },
): FactorKind | null {
  const holdings = answerable.flatMap((kind) => {
    const found = held.find((one) => one.kind === kind && one.active > 0);
    return found ? [{ kind, lastUsedAt: found.lastUsedAt }] : [];
  });
  const isOpen = (kind: FactorKind) => held.some((one) => one.kind === kind && one.closed !== "here");
  return waysOf({ purpose: "LOGIN", firstAmr: [], hasFactor: true }, holdings, order).find(isOpen) ?? null;
}

type Asked = Pick<Challenge, "userId" | "policy" | "purpose" | "firstAmr" | "deviceId"> & {
  readonly reason?: string | null;
  readonly onlyBefore?: Date | null;
};

/**
 * The ways that a challenge's person has, and which of them are closed to this browser: those stand last. `tooWeak`: what of theirs would be a fresh proof for other
 * actions and is none for this one.
 */
export type Ways = {
  readonly options: readonly FactorKind[];
  readonly closed: readonly FactorKind[];
  readonly tooWeak: readonly FactorKind[];
};

/** The ways that this challenge's person has. */
export async function findWays(ctx: Ctx, asked: Asked): Promise<Ways> {
  return waysBy(ctx, asked, await findHeldKinds(ctx, asked));
}

/** The same by what they hold, where that was read before. */
export async function waysBy(ctx: Ctx, asked: Asked, kinds: readonly HeldKind[]): Promise<Ways> {
  const { purpose, firstAmr, reason, onlyBefore = null } = asked;
  const hasFactor = kinds.some(({ active }) => active > 0);
  const told = await findHoldings(ctx, asked, kinds);
  const holdings = onlyBefore === null ? told : await fromBefore(ctx, asked, told);
  const isAfterAlarm = reason === closedPassword;
  const wants = wantedBy(reason ?? null);
  const by = (good: Wanted) =>
    waysOf({ purpose, firstAmr, hasFactor, isAfterAlarm, wants: good }, holdings, config().secondFactor.kinds);
  const ways = by(wants);
  const tooWeak = by("strong").filter((way) => !ways.includes(way));
  const isShut = (kind: FactorKind) => kinds.some((held) => held.kind === kind && held.closed === "here");
  const isOtherHalfShut = hasFactor && boundKinds.some((kind) => traits[kind].needsPasswordFirst && isShut(kind));
  const closed = ways.filter((way) => isShut(way) || (way === firstDoor && isOtherHalfShut));
  return { options: [...ways.filter((way) => !closed.includes(way)), ...closed], closed, tooWeak };
}

/** What could be answered with. The count tells it, and only where nothing that is bound can be asked for at a login a kind may have something to stand in. */
async function findHoldings(ctx: Ctx, asked: Asked, kinds: readonly HeldKind[]): Promise<readonly Holding[]> {
  const usable: readonly FactorKind[] = usableKinds(asked);
  const told = factorKinds.flatMap((kind) => {
    const held = kinds.find(
      (one) => one.kind === kind && one.answering > (asked.purpose === "LOGIN" ? 0 : one.unasked),
    );
    return held && (kind === fallback || usable.includes(kind)) ? [{ kind, lastUsedAt: held.lastUsedAt }] : [];
  });
  if (asked.purpose !== "LOGIN" || told.some(({ kind }) => isBoundKind(kind))) return told;
  const standIns: Holding[] = [];
  for (const kind of boundKinds)
    if ((await heldFor(ctx, { ...asked, onlyBefore: null }, kind)).length > 0)
      standIns.push({ kind, lastUsedAt: null });
  return [...standIns, ...told];
}

/** Those of them of which something is older than the moment that an alarm was about. */
async function fromBefore(ctx: Ctx, asked: Asked, told: readonly Holding[]): Promise<readonly Holding[]> {
  const kept: Holding[] = [];
  for (const one of told) if ((await heldFor(ctx, asked, one.kind)).length > 0) kept.push(one);
  return kept;
}

/** The same ways without what is said of them. */
export const findOptions = async (ctx: Ctx, asked: Asked): Promise<readonly FactorKind[]> =>
  (await findWays(ctx, asked)).options;

/**
 * May this challenge be answered with this kind? At a login with whatever is held, so that nothing needs to be read first; a fresh proof
 * asks which kind is the strongest.
 */
export async function mayAnswerWith(ctx: Ctx, challenge: Asked, kind: FactorKind): Promise<boolean> {
  if (challenge.purpose === "LOGIN") return kind !== firstDoor;
  return (await findOptions(ctx, challenge)).includes(kind);
}
