import type { RawCtx } from "@/lib/context/context";
import { noteSetBackRead } from "@/lib/users/restore/store";

/** Somebody has read that the portal was set back, and what that undid: they are not led to that page any more. Takes nothing and gives nothing. */
export async function acknowledgeSetBack(ctx: RawCtx, { userId }: { readonly userId: string }): Promise<void> {
  await noteSetBackRead(ctx, userId);
}
