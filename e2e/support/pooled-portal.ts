import { type Portal, startPortal } from "@/e2e/support/portal";
import { openDatabase } from "@/lib/db/client";
import type { PrismaClient } from "@/lib/db/generated/client";
import { type PoolMode, startPooler } from "@/lib/testing/pooler";
import { testDatabase } from "@/lib/testing/test-database";

/** A portal whose only way to its database is PgBouncer. `databaseUrl`: past it. `db`: a second client through it, as that portal's own. */
export type PooledPortal = Portal & { readonly databaseUrl: string; readonly db: PrismaClient };

/** For each mode what docs/scale.md tells an operator to set, and how many connections the pooler has to the server: in session mode one for each of the portal's. */
const modes: Readonly<
  Record<PoolMode, { readonly size: number; readonly told: (url: string) => Readonly<Record<string, string>> }>
> = {
  session: { size: 40, told: () => ({}) },
  transaction: { size: 5, told: (url) => ({ DATABASE_STATEMENTS: "unnamed", DATABASE_DIRECT_URL: url }) },
};

/** Runs `story` with such a portal on an empty database, and takes all of it away again, however the story ends. */
export async function withPooledPortal(
  mode: PoolMode,
  settings: Readonly<Record<string, string>>,
  story: (portal: PooledPortal) => Promise<void>,
): Promise<void> {
  const { size, told } = modes[mode];
  const database = await testDatabase();
  const pooler = await startPooler(database.url, mode, size);
  const through = pooler.through(database.url);
  const db = openDatabase(through, 2, mode === "session");
  try {
    const portal = await startPortal(through, { ...settings, ...told(database.url) });
    try {
      await story({ ...portal, databaseUrl: database.url, db });
    } finally {
      await portal.stop();
    }
  } finally {
    await db.$disconnect();
    await pooler.stop();
    await database.drop();
  }
}
