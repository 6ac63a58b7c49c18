import type { App } from "@/lib/apps/app";
import { findAppRow, findDefaultRow } from "@/lib/apps/store";
import { appIdShape } from "@/lib/config/app-shape";
import { config } from "@/lib/config/config";
import type { RawCtx } from "@/lib/context/context";

/**
 * The app of that id, or the default one for null and "": clients that know only their user pool name none. Null: there is no such app.
 * Apps of the configuration go before rows. Nothing is kept, so a change by command holds at the next call; at most one small statement, and
 * none for an app of the configuration or for what can be no id.
 */
export async function findApp(ctx: RawCtx, id: string | null): Promise<App | null> {
  const { apps } = config();
  if (id === null || id === "") return apps.find(({ isDefault }) => isDefault) ?? findDefaultRow(ctx, configuredIds());
  if (!appIdShape.test(id)) return null;
  const configured = apps.find((app) => app.id === id);
  if (configured) return configured;
  const row = await findAppRow(ctx, id);
  return row && besideConfigured(row);
}

/** Rows of these ids are hidden by the configuration. */
export const configuredIds = (): readonly string[] => config().apps.map(({ id }) => id);

/** The configuration's default goes before a row's. */
export function besideConfigured(row: App): App {
  return { ...row, isDefault: row.isDefault && !hasConfiguredDefault() };
}

export const hasConfiguredDefault = (): boolean => config().apps.some(({ isDefault }) => isDefault);
