import { findAppNames } from "@/lib/apps/app-names";
import type { RawCtx } from "@/lib/context/context";
import type { Say } from "@/lib/messages/say";

/** What the apps of these ids are called; one that is registered no longer keeps its id, so that its logins can still be ended. */
export async function appNames(ctx: RawCtx, say: Say, ids: readonly string[]): Promise<(id: string) => string> {
  const names = await findAppNames(ctx, ids);
  return (id) => names.get(id) ?? say("sessions.app_gone_name", { id });
}
