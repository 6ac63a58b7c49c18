import { type RawCtx, sql } from "@/lib/context/context";
import { earlier } from "@/lib/kernel/duration";
import { backupRules } from "@/lib/policy/backup-rules";

/** Notes that the portal was set back at this moment to what it was at `to`: who keeps something elsewhere (passkeys) must know. */
export async function insertRestore(
  ctx: RawCtx,
  { to, version }: { readonly to: Date; readonly version: string },
): Promise<void> {
  await sql(ctx).$executeRaw`
    INSERT INTO restores (id, restored_at, set_back_to, version) VALUES (${ctx.random.id()}, ${ctx.now}, ${to}, ${version})`;
}

/** A restore of which nobody has said yet that it is the last word: when it was, and to which moment it set the portal back. */
export type Unvouched = { readonly restoredAt: Date; readonly setBackTo: Date };

/** The newest of them; null: there was no restore, or the operator has vouched for each. */
export async function findUnvouched(ctx: RawCtx): Promise<Unvouched | null> {
  const rows = await sql(ctx).$queryRaw<Unvouched[]>`
    SELECT restored_at AS "restoredAt", set_back_to AS "setBackTo" FROM restores WHERE vouched_at IS NULL ORDER BY restored_at DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** The operator's word for every restore that lacks it. Out: for how many. */
export const noteVouched = (ctx: RawCtx): Promise<number> =>
  sql(ctx).$executeRaw`UPDATE restores SET vouched_at = ${ctx.now} WHERE vouched_at IS NULL`;

/** A backup that was made by the schedule and read back. */
export type MadeBackup = { readonly file: string; readonly bytes: number; readonly rows: number };

/** Notes it, and forgets those of long ago: for whoever asks how old the newest one is. */
export async function insertBackup(ctx: RawCtx, { file, bytes, rows }: MadeBackup): Promise<void> {
  await sql(ctx).$executeRaw`
    INSERT INTO backups (id, made_at, file, bytes, rows) VALUES (${ctx.random.id()}, ${ctx.now}, ${file}, ${bytes}, ${rows})`;
  await sql(ctx).$executeRaw`DELETE FROM backups WHERE made_at < ${earlier(ctx.now, backupRules.noted)}`;
}

/** When the newest backup of the schedule was made; null: there is none. */
export async function findLastBackup(ctx: RawCtx): Promise<Date | null> {
  const rows = await sql(ctx).$queryRaw<{ at: Date | null }[]>`SELECT max(made_at) AS at FROM backups`;
  return rows[0]?.at ?? null;
}
