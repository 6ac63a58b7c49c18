import { findApp } from "@/lib/apps/find-app";
import type { RawCtx } from "@/lib/context/context";
import { portalLane } from "@/lib/kernel/portal-lane";

/**
 * Does the app of this lane demand a second factor of everybody? The portal does not (policy alone speaks there), and is not asked for. An app
 * that is gone does: what is left of its sessions gets the stricter answer.
 */
export async function demandsOf(ctx: RawCtx, lane: string): Promise<boolean> {
  if (lane === portalLane) return false;
  const app = lane === "" ? null : await findApp(ctx, lane);
  return app?.demands ?? true;
}
