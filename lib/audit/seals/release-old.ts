import { isNextOf, type Seal, sweptMacOf } from "@/lib/audit/seals/seal";
import { findBeginning, isSound } from "@/lib/audit/seals/sound-seals";
import { findSealMadeBy, hasEventsUpTo, listSeals, markSwept } from "@/lib/audit/seals/store";
import type { RawCtx } from "@/lib/context/context";
import { type RawDb, rawOf } from "@/lib/db/client";
import { type Duration, earlier, isOver } from "@/lib/kernel/duration";
import { auditRules } from "@/lib/policy/audit-rules";

/**
 * Says that events older than `kept` may be swept: whole stretches, from the oldest on. Only whoever has the key can say it, so a chain whose beginning was cut
 * off by somebody else does not pass for a swept one. Each seal is checked before anything is said of it, or a row that was written by hand would make the portal
 * itself sweep what is young. Nothing is said while the record does not reach from day to day to this one: a clock that leapt a year ahead would end the record of
 * that year. Out: the number of a seal that does not fit, and nothing was released; or null.
 */
export async function releaseOldEvents(ctx: RawCtx, kept: Duration): Promise<bigint | null> {
  const db = rawOf(ctx.db);
  const { seal: beginning, forged } = await findBeginning(db);
  if (forged !== null) return forged;
  const { newest, odd } = await walkOld(db, beginning, earlier(ctx.now, kept));
  if (odd !== null || newest === null || newest === beginning || !(await reachesThisDay(db, ctx.now))) return odd;
  await markSwept(ctx, newest, sweptMacOf(newest));
  return null;
}

/** From `beginning` on to the newest seal that is from before `moment`, or to the first one that does not fit. */
async function walkOld(
  db: RawDb,
  beginning: Seal | null,
  moment: Date,
): Promise<{ readonly newest: Seal | null; readonly odd: bigint | null }> {
  let newest = beginning;
  for (;;) {
    const seals = await listSeals(db, newest?.number ?? 0n, auditRules.walk);
    for (const seal of seals) {
      if (!isNextOf(seal, newest)) return { newest, odd: seal.number };
      if (!isOver(youngestOf(seal), moment) || (await mustWait(db, newest, seal))) return { newest, odd: null };
      newest = seal;
    }
    if (seals.length === 0) return { newest, odd: null };
  }
}

/** No event is younger than its seal, though a clock that was ahead may have written so. */
const youngestOf = ({ lastAt, madeAt }: Seal): Date => (lastAt < madeAt ? lastAt : madeAt);

/** Behind the last seal with events that have no HMAC, until they are swept: then such a row is found there (verify-events.ts). */
const mustWait = async (db: RawDb, before: Seal | null, seal: Seal): Promise<boolean> =>
  before !== null && before.unsigned > 0 && seal.unsigned === 0 && (await hasEventsUpTo(db, before.lastId));

/** Whether something was sealed in the week before yesterday's hour, as this clock has it. Where nothing was, nothing is released. */
export async function reachesThisDay(db: RawDb, now: Date): Promise<boolean> {
  const seal = await findSealMadeBy(db, earlier(now, auditRules.day));
  return seal !== null && isOver(earlier(now, auditRules.week), seal.madeAt) && (await isSound(db, seal));
}
