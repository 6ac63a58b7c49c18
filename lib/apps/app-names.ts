import { listAppNames } from "@/lib/apps/store";
import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";

/** The names of the apps with these ids, configured ones before rows; ids that no app has are left out. */
export async function findAppNames(ctx: RawCtx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = ids.length === 0 ? [] : await listAppNames(ctx, ids);
  const configured = config().apps.filter(({ id }) => ids.includes(id));
  return new Map([...rows, ...configured].map(({ id, name }) => [id, name]));
}
