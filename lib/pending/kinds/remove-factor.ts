import * as z from "zod";
import { demandsOf } from "@/lib/apps/demands-of";
import { config } from "@/lib/config/config";
import type { Ctx } from "@/lib/context/context";
import type { Factor } from "@/lib/factors/factor";
import { answerableOf } from "@/lib/factors/on-offer";
import { removalRule } from "@/lib/factors/removal-rule";
import { removeAfterWait, removeThese } from "@/lib/factors/remove-factor";
import { listActive } from "@/lib/factors/store";
import type { MessageId } from "@/lib/messages/catalogue";
import { type Owner, pendingKind } from "@/lib/pending/pending-kind";
import { portalClient } from "@/lib/policy/clients";
import { isBoundKind } from "@/lib/policy/kinds";
import { demandOn, demandThrough, heldOf } from "@/lib/policy/second-factor";
import { askableKindOf, isAskable } from "@/lib/users/askable-kind";

type Asked = { readonly factorIds: readonly string[] };

/** The last strong factor goes: one of them, or all of its kind where an app asks. */
export const removeFactorKind = pendingKind({
  name: "factor.remove",
  shape: z.strictObject({ factorIds: z.array(z.string()).min(1) }),
  waits: null,
  mayBeAtOnce: true,
  detail: async (tx, owner, asked) => (await meant(tx, owner, asked)).map(({ label }) => label).join(", "),
  whyNot,
  effect: async (tx, owner, asked) => {
    const { id: userId, acting } = owner;
    const factors = await meant(tx, owner, asked);
    const kind = factors[0]?.kind;
    if (acting !== null && kind !== undefined && isBoundKind(kind))
      return removeThese(tx, { actor: acting, kind, factors });
    await removeAfterWait(tx, { ...owner, userId }, asked.factorIds);
    return null;
  },
});

const meant = async (tx: Ctx, { id }: Owner, { factorIds }: Asked): Promise<Factor[]> =>
  (await listActive(tx, id)).filter((factor) => factorIds.includes(factor.id));

async function whyNot(tx: Ctx, owner: Owner, asked: Asked): Promise<MessageId | null> {
  const going = await meant(tx, owner, asked);
  const kind = going[0]?.kind;
  if (kind === undefined) return "factors.gone";
  const words = (await listActive(tx, owner.id)).map((factor) => ({ kind: askableKindOf(factor) }));
  const held = answerableOf(heldOf(words), owner);
  const isDemandedByApp = await demandsOf(tx, owner.acting?.clientId ?? portalClient);
  const demand = demandThrough(isDemandedByApp, demandOn(owner, config().secondFactor, tx.now));
  const rule = removalRule({ demand, held, kind, going: going.filter(isAskable).length });
  if (rule === "allowed") return null;
  return rule === "last_one" ? "factors.last_one" : "pending.factor_needed";
}
