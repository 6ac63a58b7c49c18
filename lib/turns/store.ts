import { type RawCtx, sql } from "@/lib/context/context";
import { type Duration, earlier } from "@/lib/kernel/duration";

/** What is done by one transaction at a time on the whole database, because no row of its own decides who is first. */
export type TurnName =
  | "setup"
  | "apps"
  | "portals"
  | "administrators"
  | "backup"
  | "backup.told"
  | "seals"
  | `record.told ${string}`;

/**
 * Waits for its turn, until `tx` ends: it writes the one row of this name, which only one transaction at a time can. Must be its first statement: what
 * comes after sees what whoever was before has done. A row and no advisory lock, so that it holds on every database that keeps its rows, poolers between or not.
 */
export async function takeTurn(tx: RawCtx, name: TurnName): Promise<void> {
  await sql(tx).$executeRaw`
    INSERT INTO turns (name, taken_at) VALUES (${name}, ${tx.now}::timestamptz)
    ON CONFLICT (name) DO UPDATE SET taken_at = EXCLUDED.taken_at`;
}

/** Takes the turn of what is done every so often by one of all portals: true for one caller, when `every` has passed since the last of them took it. */
export async function claimTurn(ctx: RawCtx, name: TurnName, every: Duration): Promise<boolean> {
  const taken = await sql(ctx).$executeRaw`
    INSERT INTO turns (name, taken_at) VALUES (${name}, ${ctx.now}::timestamptz)
    ON CONFLICT (name) DO UPDATE SET taken_at = EXCLUDED.taken_at
    WHERE turns.taken_at IS NULL OR turns.taken_at <= ${earlier(ctx.now, every)}::timestamptz`;
  return taken === 1;
}

/** As if nobody had ever taken the turn: the next who asks has it. */
export async function yieldTurn(ctx: RawCtx, name: TurnName): Promise<void> {
  await sql(ctx).$executeRaw`UPDATE turns SET taken_at = NULL WHERE name = ${name}`;
}
