import * as z from "zod";
import { type Strength, strengths } from "@/lib/policy/strength";
import { type BoundKind, boundKinds } from "@/lib/policy/traits";

/**
 * What an operator asks of one person apart from everybody else: the JSON of `users.policy`. A key that is missing means "as for everybody".
 * `from` is a day, from midnight UTC on.
 */
export type PersonPolicy = {
  readonly demand?: "on" | "off" | undefined;
  readonly from?: Date | undefined;
  readonly kinds?: readonly BoundKind[] | undefined;
  readonly count?: 1 | 2 | 3 | undefined;
  readonly emailCounts?: boolean | undefined;
  readonly strength?: Strength | undefined;
};

/** `isWhole` false: something in it could not be read, and `policy` is what could. */
export type PolicyReading = { readonly policy: PersonPolicy; readonly isWhole: boolean };

const keys = {
  demand: z.enum(["on", "off"]),
  from: z.iso.date().transform((day) => new Date(`${day}T00:00:00.000Z`)),
  kinds: z.array(z.enum(boundKinds)).min(1),
  count: z.literal([1, 2, 3]),
  emailCounts: z.boolean(),
  strength: z.enum(strengths),
};
const whole = z.strictObject(keys).partial();

/** What can still be read of a damaged one: each key for itself. */
const pieces = z
  .object({
    demand: keys.demand.optional().catch(undefined),
    from: keys.from.optional().catch(undefined),
    kinds: keys.kinds.optional().catch(undefined),
    count: keys.count.optional().catch(undefined),
    emailCounts: keys.emailCounts.optional().catch(undefined),
    strength: keys.strength.optional().catch(undefined),
  })
  .catch({});

/** Reads the stored JSON of one person; null is nothing apart. Never throws: `demandOn` decides what a damaged one is worth. */
export function readPersonPolicy(stored: unknown): PolicyReading {
  if (stored === null || stored === undefined) return { policy: {}, isWhole: true };
  const read = whole.safeParse(stored);
  return read.success ? { policy: read.data, isWhole: true } : { policy: pieces.parse(stored), isWhole: false };
}

/** The JSON to store, or null when nothing is apart any more. */
export function storedPolicy({ from, ...rest }: PersonPolicy): string | null {
  const kept = { ...rest, from: from?.toISOString().slice(0, 10) };
  return Object.values(kept).every((value) => value === undefined) ? null : JSON.stringify(kept);
}
