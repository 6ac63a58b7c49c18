import { DomainError } from "@/lib/kernel/errors";
import { tally, type UnjudgedTry } from "@/lib/kernel/tally";

/**
 * Runs `consume`, and counts for monitoring where a limit refuses it. Here and not from events: of a flood's refusals only the first of each wait is one. Throws what
 * `consume` throws.
 */
export async function countingUnjudged<T>(at: UnjudgedTry, consume: () => Promise<T>): Promise<T> {
  try {
    return await consume();
  } catch (fault) {
    if (fault instanceof DomainError && isLimit(fault.id)) tally({ what: "unjudged", ...at });
    throw fault;
  }
}

/** Is this the reason of a refusal that judged nothing? Pure. */
export const isLimit = (reason: string): boolean => reason === "throttle.too_many" || reason === "throttle.closed";
