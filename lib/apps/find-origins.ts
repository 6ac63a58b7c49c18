import { configuredIds } from "@/lib/apps/find-app";
import { listOriginRows } from "@/lib/apps/store";
import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";

/** The origins of all apps: a preflight (Fetch, CORS-preflight fetch) does not say for which app it asks. */
export async function findOrigins(ctx: RawCtx): Promise<ReadonlySet<string>> {
  const configured = config().apps.flatMap(({ origins }) => origins);
  return new Set([...configured, ...(await listOriginRows(ctx, configuredIds()))]);
}
