import type { Outcome } from "@/lib/delivery/channel";
import { type Duration, inSeconds } from "@/lib/kernel/duration";

/**
 * Runs `work` for at most `limit`. Longer, and the outcome is `later`; the work is told to stop by its signal, and whatever becomes of
 * it is of no interest any more. The work must not throw on its own account.
 */
export async function withTimeout(limit: Duration, work: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: "later", reason: `There was no answer within ${inSeconds(limit)} seconds.` });
      ending.abort();
    }, limit);
  });
  try {
    return await Promise.race([work(ending.signal), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
