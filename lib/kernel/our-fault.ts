import { DomainError } from "@/lib/kernel/errors";

/**
 * Runs `work`; where a fault of ours ends it (a database that is away, or where somebody else was first for too long), `refund` gives back what was
 * consumed for it before. A refusal costs what it costs. Throws what `work` throws.
 */
export async function unlessOurFault<T>(refund: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof DomainError)) await refund();
    throw fault;
  }
}
