import { config } from "@/lib/config/config";
import { inShortTransaction, type RawCtx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { type Patience, untilAgreed } from "@/lib/portals/agree";
import { type Clash, findClash } from "@/lib/portals/clash";
import { measureSkew } from "@/lib/portals/clock-skew";
import { describePortal, type Portal } from "@/lib/portals/portal";
import { readPortalId, renewPortalId } from "@/lib/portals/portal-id";
import { listLiving, writeBeat } from "@/lib/portals/store";
import { takeTurn } from "@/lib/turns/store";

type Joining = {
  readonly context: () => RawCtx;
  /** Words for the operator. */
  readonly say: (line: string) => void;
  readonly patience?: Patience;
};

/** Who this portal is among the others; `refusal`: the sentence that ends its start, null where it may begin. */
export type Joined = { readonly self: Portal; readonly refusal: string | null };

/**
 * Lets a portal begin beside those that live on the database: once what it writes can be read by all of them, and the reverse, its first beat
 * is written. Look and beat are one turn, so that of two starts that do not fit only one begins. Whoever does not fit waits, at most half a
 * minute, and is refused.
 */
export async function joinPortals({ context, say, patience }: Joining): Promise<Joined> {
  const { dataDir } = config();
  const described = describePortal();
  const { random } = context();
  let self = { ...described, id: await readPortalId(dataDir, random) };
  if (await isSomebodyElses(context(), self)) self = { ...described, id: await renewPortalId(dataDir, random) };
  const refusal = await untilAgreed(() => admit(context(), self), say, patience);
  return { self, refusal };
}

/** Whoever lives under our id with another name has the folder that ours was copied from, or the reverse. */
async function isSomebodyElses(ctx: RawCtx, { id, name }: Portal): Promise<boolean> {
  return (await listLiving(ctx, null)).some((one) => one.id === id && one.name !== name);
}

async function admit(ctx: RawCtx, self: Portal): Promise<Clash | null> {
  const skewMs = (await measureSkew(rawOf(ctx.db))) ?? 0;
  return inShortTransaction(ctx, async (tx) => {
    await takeTurn(tx, "portals");
    const clash = findClash(self, await listLiving(tx, self.id));
    if (clash === null) await writeBeat(tx, self, skewMs);
    return clash;
  });
}
