import { DomainError } from "@/lib/kernel/errors";

/**
 * Was it ours? A fault (a database that is away, or where somebody else was first for too long), or a house too full to judge. Whoever gets no answer for such a
 * reason owes nothing for the question. A refusal is an answer, and costs what it costs.
 */
export const isOurFault = (error: unknown): boolean => !(error instanceof DomainError) || error.id === "hash.busy";

/**
 * Runs `work`; where a fault of ours ends it, `refund` gives back what was consumed for it before. What a stranger can bring about has to be a `DomainError` by
 * the time it leaves `work`: a name that is taken must not be free to ask for. Throws what `work` throws.
 */
export async function unlessOurFault<T>(refund: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    if (isOurFault(fault)) await refund();
    throw fault;
  }
}
