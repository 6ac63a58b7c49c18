import type { AppChange } from "@/lib/apps/schema";
import { clearDefault, updateApp } from "@/lib/apps/store";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { mayDecide } from "@/lib/operator/app-rules";
import { recordApp } from "@/lib/operator/record-app";
import type { Decided } from "@/lib/operator/register-app";
import { takeTurn } from "@/lib/turns/store";

type Changing = { readonly id: string; readonly change: AppChange; readonly by: string };

/**
 * Changes an app; it holds at its next call. No session ends: one whose person owes a second factor then can do nothing but bind it.
 * Throws `apps.unknown`, `apps.configured`, `apps.default_configured`.
 */
export async function changeApp(ctx: Ctx, { id, change, by }: Changing): Promise<Decided> {
  mayDecide(id, change);
  return inTransaction(ctx, async (tx) => {
    await takeTurn(tx, "apps");
    const defaultFrom = change.isDefault === true ? await clearDefault(tx, id) : null;
    const app = await updateApp(tx, id, change);
    if (!app) throw new DomainError("apps.unknown");
    await recordApp(tx, { name: "app.changed", app, by, defaultFrom });
    return { app, defaultFrom };
  });
}
