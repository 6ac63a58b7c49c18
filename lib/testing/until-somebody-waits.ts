import { expect } from "vitest";
import { type RawCtx, sql } from "@/lib/context/context";
import { until } from "@/lib/testing/until";

/** Inside the transaction of `tx`: ends when somebody else's statement waits for a row that this transaction holds, and fails before the transaction is too old. */
export async function untilSomebodyWaits(tx: RawCtx): Promise<void> {
  const waiting = () => sql(tx).$queryRaw<unknown[]>`
    SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`;
  await until(async () => expect(await waiting(), "somebody waits").not.toEqual([]), 8_000);
}
