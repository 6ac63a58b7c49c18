import { type RawCtx, sql } from "@/lib/context/context";

/** When a step was done; null: it was not. */
export async function findStepEnd(ctx: RawCtx, name: string): Promise<Date | null> {
  const rows = await sql(ctx).$queryRaw<{ at: Date }[]>`
    SELECT finished_at AS at FROM finished_steps WHERE name = ${name}`;
  return rows[0]?.at ?? null;
}

export async function finishStep(ctx: RawCtx, name: string): Promise<void> {
  await sql(ctx)
    .$executeRaw`INSERT INTO finished_steps (name, finished_at) VALUES (${name}, ${ctx.now}) ON CONFLICT DO NOTHING`;
}
