import { deleteApp } from "@/lib/apps/store";
import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inTransaction } from "@/lib/context/context";
import { DomainError } from "@/lib/kernel/errors";
import { mayDecide } from "@/lib/operator/app-rules";
import { endClient } from "@/lib/operator/end-client";
import { takeTurn } from "@/lib/turns/store";

export type Removed = { readonly endedSessions: number; readonly wasDefault: boolean };

/**
 * Removes an app, and with it at once every session that it opened and every login that is under way through it. Nobody's factors change.
 * Out: how many sessions ended. Throws `apps.unknown`, `apps.configured`.
 */
export async function removeApp(ctx: Ctx, { id, by }: { readonly id: string; readonly by: string }): Promise<Removed> {
  mayDecide(id, {});
  return inTransaction(ctx, async (tx) => {
    await takeTurn(tx, "apps");
    const gone = await deleteApp(tx, id);
    if (!gone) throw new DomainError("apps.unknown");
    const endedSessions = await endClient(tx, id);
    const meta = { by, app: id, sessions: endedSessions };
    await recordEvent(tx, { name: "app.removed", subjectId: null, actorId: null, meta });
    return { endedSessions, wasDefault: gone.isDefault };
  });
}
