import { recordEvent } from "@/lib/audit/record-event";
import { type Ctx, inShortTransaction } from "@/lib/context/context";
import { readLabel } from "@/lib/factors/label";
import type { Actor } from "@/lib/sessions/acting-session";
import { goneDevice } from "@/lib/sessions/devices/forget-by-owner";
import { renameOwnDevice } from "@/lib/sessions/devices/listing/store";

type Renaming = { readonly actor: Actor; readonly id: string; readonly label: string };

/**
 * Gives a known device of the acting person a name of their own; empty: what the browser says of itself stands there again. Throws
 * `factors.label_malformed`, `devices.gone` (also for somebody else's: that leaves a row).
 */
export async function renameDevice(ctx: Ctx, { actor, id, label }: Renaming): Promise<void> {
  const name = readLabel(label, "");
  const { userId, sessionId } = actor;
  const isDone = await inShortTransaction(ctx, async (tx) => {
    if (!(await renameOwnDevice(tx, userId, id, name === "" ? null : name))) return false;
    await recordEvent(tx, { name: "device.renamed", subjectId: userId, sessionId, meta: { device: id } });
    return true;
  });
  if (!isDone) throw await goneDevice(ctx, actor);
}
