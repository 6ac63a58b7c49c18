import { findApp } from "@/lib/apps/find-app";
import type { RawCtx } from "@/lib/context/context";
import { clientTraits } from "@/lib/policy/clients";

/**
 * Does the app that this client is demand a second factor of everybody? The portal does not (policy alone speaks there), and is not asked for. An app
 * that is gone does: what is left of its sessions gets the stricter answer.
 */
export async function demandsOf(ctx: RawCtx, clientId: string): Promise<boolean> {
  if (!clientTraits(clientId).mayDemand) return false;
  const app = clientId === "" ? null : await findApp(ctx, clientId);
  return app?.demands ?? true;
}
