import { type RawCtx, sql } from "@/lib/context/context";

/** What is done by one transaction at a time on the whole database, because no row of its own decides who is first. */
export type TurnName = "setup" | "apps" | "portals" | "administrators";

/**
 * Waits for its turn, until `tx` ends: it writes the one row of this name, which only one transaction at a time can. Must be its first statement: what
 * comes after sees what whoever was before has done. A row and no advisory lock, so that it holds on every database that keeps its rows, poolers between or not.
 */
export async function takeTurn(tx: RawCtx, name: TurnName): Promise<void> {
  await sql(tx).$executeRaw`
    INSERT INTO turns (name, taken_at) VALUES (${name}, ${tx.now}::timestamptz)
    ON CONFLICT (name) DO UPDATE SET taken_at = EXCLUDED.taken_at`;
}
