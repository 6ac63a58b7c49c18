import type { App } from "@/lib/apps/app";
import type { NewApp } from "@/lib/apps/schema";
import { clearDefault, countAppRows, insertApp } from "@/lib/apps/store";
import { config } from "@/lib/config/config";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { mayDecide } from "@/lib/operator/app-rules";
import { endClient } from "@/lib/operator/end-client";
import { recordApp } from "@/lib/operator/record-app";
import { takeTurn } from "@/lib/turns/store";

/** `defaultFrom`: which app was the default until now, if this one took its place. */
export type Decided = { readonly app: App; readonly defaultFrom: string | null };

/**
 * Registers an app. Without an id it gets one of 24 lower-case hex digits, as such clients have them today. The first app of all becomes the
 * default. Whatever is left of an earlier app of this id (a login that began while it was removed) ends.
 * Throws `apps.taken`, `apps.configured`, `apps.default_configured`.
 */
export async function registerApp(
  ctx: Ctx,
  { app: wished, by }: { readonly app: NewApp; readonly by: string },
): Promise<Decided> {
  mayDecide(wished.id, wished);
  const id = wished.id ?? ctx.random.bytes(12).toString("hex");
  return inTransaction(ctx, async (tx) => {
    await takeTurn(tx, "apps");
    const isFirst = config().apps.length === 0 && (await countAppRows(tx)) === 0;
    const app = { ...wished, id, isDefault: wished.isDefault || isFirst };
    const defaultFrom = app.isDefault ? await clearDefault(tx, id) : null;
    if (!(await insertApp(tx, app))) throw new DomainError("apps.taken", { field: "id" });
    await endClient(tx, id);
    await recordApp(tx, { name: "app.registered", app, by, defaultFrom });
    return { app, defaultFrom };
  });
}
