import type { App } from "@/lib/apps/app";
import type { AppChange } from "@/lib/apps/schema";
import { type Ctx, type RawCtx, sql } from "@/lib/context/context";
import { Prisma } from "@/lib/db/client";

const columns = Prisma.sql`id, name, origins, servers, redirect, unmasked, demands, is_default AS "isDefault"`;

const fields = {
  id: true,
  name: true,
  origins: true,
  servers: true,
  redirect: true,
  unmasked: true,
  demands: true,
  isDefault: true,
} as const;

export async function findAppRow(ctx: RawCtx, id: string): Promise<App | null> {
  const rows = await sql(ctx).$queryRaw<App[]>`SELECT ${columns} FROM apps WHERE id = ${id}`;
  return rows[0] ?? null;
}

/** The row that stands for calls without an app, unless its id is one of `hidden`. */
export async function findDefaultRow(ctx: RawCtx, hidden: readonly string[]): Promise<App | null> {
  const rows = await sql(ctx).$queryRaw<App[]>`
    SELECT ${columns} FROM apps WHERE is_default AND NOT id = ANY(${[...hidden]}::text[])`;
  return rows[0] ?? null;
}

/** Every row but those of `hidden`, the oldest first. */
export function listAppRows(ctx: RawCtx, hidden: readonly string[]): Promise<App[]> {
  return sql(ctx).$queryRaw<App[]>`
    SELECT ${columns} FROM apps WHERE NOT id = ANY(${[...hidden]}::text[]) ORDER BY created_at, id`;
}

/** The origins of every row but those of `hidden`, each once. */
export async function listOriginRows(ctx: RawCtx, hidden: readonly string[]): Promise<readonly string[]> {
  const rows = await sql(ctx).$queryRaw<{ origin: string }[]>`
    SELECT DISTINCT unnest(origins) AS origin FROM apps WHERE NOT id = ANY(${[...hidden]}::text[])`;
  return rows.map(({ origin }) => origin);
}

/** The names of the apps that are rows with these ids. */
export function listAppNames(ctx: RawCtx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  return sql(ctx).$queryRaw<
    { id: string; name: string }[]
  >`SELECT id, name FROM apps WHERE id = ANY(${[...ids]}::text[])`;
}

export function countAppRows(ctx: Ctx): Promise<number> {
  return ctx.db.app.count();
}

/** Takes the place of the default from whichever row but `id` has it. Out: that row's id, or null. */
export async function clearDefault(ctx: RawCtx, id: string): Promise<string | null> {
  const rows = await sql(ctx).$queryRaw<{ id: string }[]>`
    UPDATE apps SET is_default = false WHERE is_default AND id <> ${id} RETURNING id`;
  return rows[0]?.id ?? null;
}

/** False when the id is taken. */
export async function insertApp(ctx: RawCtx, app: App): Promise<boolean> {
  const inserted = await sql(ctx).$executeRaw`
    INSERT INTO apps (id, name, origins, servers, redirect, unmasked, demands, is_default, created_at)
    VALUES (${app.id}, ${app.name}, ${[...app.origins]}::text[], ${[...app.servers]}::text[], ${app.redirect}, ${app.unmasked}, ${app.demands},
            ${app.isDefault}, ${ctx.now}) ON CONFLICT (id) DO NOTHING`;
  return inserted === 1;
}

/** Changes the fields that are there. Out: the app as it is now, or null when there is none. */
export async function updateApp(ctx: Ctx, id: string, { origins, servers, ...rest }: AppChange): Promise<App | null> {
  const lists = { ...(origins && { origins: [...origins] }), ...(servers && { servers: [...servers] }) };
  const [changed] = await ctx.db.app.updateManyAndReturn({
    where: { id },
    data: { ...rest, ...lists },
    select: fields,
  });
  return changed ?? null;
}

/** Whether it was the default; null for all callers but one. */
export async function deleteApp(ctx: RawCtx, id: string): Promise<Pick<App, "isDefault"> | null> {
  const rows = await sql(ctx).$queryRaw<Pick<App, "isDefault">[]>`
    DELETE FROM apps WHERE id = ${id} RETURNING is_default AS "isDefault"`;
  return rows[0] ?? null;
}
