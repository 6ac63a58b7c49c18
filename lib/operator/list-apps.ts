import type { App } from "@/lib/apps/app";
import { besideConfigured, configuredIds } from "@/lib/apps/find-app";
import { listAppRows } from "@/lib/apps/store";
import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";

/** An app as an operator sees it. `isConfigured`: it stands in the file of the configuration, and no command changes it. */
export type AppLine = App & { readonly isConfigured: boolean };

/** Every app that can be called, those of the configuration first. Writes nothing. */
export async function listApps(ctx: RawCtx): Promise<readonly AppLine[]> {
  const rows = await listAppRows(ctx, configuredIds());
  return [
    ...config().apps.map((app) => ({ ...app, isConfigured: true })),
    ...rows.map((row) => ({ ...besideConfigured(row), isConfigured: false })),
  ];
}
