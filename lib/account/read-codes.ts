import type { RawCtx } from "@/lib/context/context";
import type { HeldCodes } from "@/lib/factors/recovery/held-codes";
import { findHeldCodes } from "@/lib/factors/recovery/store";

/** What an owner's recovery codes are that still work. Writes nothing. */
export const readCodes = (ctx: RawCtx, { userId }: { readonly userId: string }): Promise<HeldCodes> =>
  findHeldCodes(ctx, userId);
