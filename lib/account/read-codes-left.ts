import type { RawCtx } from "@/lib/context/context";
import { countUnused } from "@/lib/factors/recovery/store";

/** How many recovery codes an owner has that still work. Writes nothing. */
export const readCodesLeft = (ctx: RawCtx, { userId }: { readonly userId: string }): Promise<number> =>
  countUnused(ctx, userId);
