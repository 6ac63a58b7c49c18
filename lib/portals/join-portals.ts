import { config } from "@/lib/config/config";
import { inShortTransaction, type RawCtx } from "@/lib/context/context";
import { rawOf } from "@/lib/db/client";
import { type Patience, untilAgreed } from "@/lib/portals/agree";
import { type Clash, findClash } from "@/lib/portals/clash";
import { measureSkew } from "@/lib/portals/clock-skew";
import { describePortal, type Portal } from "@/lib/portals/portal";
import { type FormerRun, readFormerRun, rememberRun } from "@/lib/portals/portal-id";
import { deletePortal, listLiving, writeBeat } from "@/lib/portals/store";
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
 * minute, and is refused. The row of the run before goes in the same turn, unless that run may live elsewhere, because the folder is a copy of its own.
 */
export async function joinPortals({ context, say, patience }: Joining): Promise<Joined> {
  const { dataDir } = config();
  const self = { ...describePortal(), id: context().random.id() };
  const former = await readFormerRun(dataDir);
  const refusal = await untilAgreed(() => admit(context(), self, former), say, patience);
  if (refusal === null) await rememberRun(dataDir, self.id);
  return { self, refusal };
}

async function admit(ctx: RawCtx, self: Portal, former: FormerRun | null): Promise<Clash | null> {
  const skewMs = (await measureSkew(rawOf(ctx.db))) ?? 0;
  return inShortTransaction(ctx, async (tx) => {
    await takeTurn(tx, "portals");
    const living = await listLiving(tx, former?.wasHere ? former.id : null);
    const clash = findClash(self, living);
    if (clash !== null) return clash;
    if (former !== null && living.every(({ id }) => id !== former.id)) await deletePortal(tx, former.id);
    await writeBeat(tx, self, skewMs);
    return null;
  });
}
