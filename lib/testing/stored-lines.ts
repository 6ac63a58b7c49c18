import type { Ctx } from "@/lib/context/context";

/** What may stand in a row as it is: it opens nothing without what is hashed or sealed beside it. */
const inClear = ["salt", "turn_key"];

/** Every row of every table, as text. The migrations' own table knows no secrets, but moments to the microsecond, which look like codes. */
export async function storedLines({ db }: Pick<Ctx, "db">): Promise<string[]> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'`;
  const lines: string[] = [];
  for (const { name } of tables) {
    const rows = await db.$queryRawUnsafe<{ line: string }[]>(
      `SELECT (to_jsonb(t) - $1::text[])::text AS line FROM "${name}" t`,
      inClear,
    );
    lines.push(...rows.map(({ line }) => `${name} ${line}`));
  }
  return lines;
}
