import { findApp } from "@/lib/apps/find-app";
import { appFields } from "@/lib/config/app-shape";
import type { RawCtx } from "@/lib/context/context";

/** Where somebody came from: the app's name, and its own address as the operator registered it. */
export type WayBack = { readonly name: string; readonly href: string };

/**
 * The way back to the app whose id stands in an address, or null. The request only chooses among our own rows; where it leads is never taken
 * from it (what OWASP ASVS 5.0, 3.7.2 asks of redirects), and a row that somebody has written by hand is held to the same rule once more.
 */
export async function findWayBack(ctx: RawCtx, id: unknown): Promise<WayBack | null> {
  if (typeof id !== "string" || id === "") return null;
  const app = await findApp(ctx, id);
  const { data: href } = appFields.redirect.safeParse(app?.redirect ?? null);
  return app && typeof href === "string" ? { name: app.name, href } : null;
}
