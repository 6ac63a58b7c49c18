import { vi } from "vitest";

/**
 * Looks again and again until `check` throws no more; when the patience is over, in milliseconds, it throws what `check` threw last. It costs nobody but who fails: a
 * busy machine stands still for a second at any moment, which is all that `vi.waitFor` waits by itself.
 */
export const until = (check: () => unknown, patience = 10_000): Promise<unknown> =>
  vi.waitFor(check, { timeout: patience, interval: 10 });
