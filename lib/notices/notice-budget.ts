import { inShortTransaction, type RawCtx } from "@/lib/context/context";
import { canLeave } from "@/lib/letters/queue-letters";
import { type BudgetLevel, budgetSpent } from "@/lib/notices/kinds/budget-spent";
import { tellAdministrators } from "@/lib/notices/tell-administrators";
import { throttleRules } from "@/lib/policy/throttle-rules";
import { bucketKey } from "@/lib/throttle/bucket";
import { type Budget, type BudgetChannel, readBudget } from "@/lib/throttle/day-budget";
import { consumeWindowTry } from "@/lib/throttle/windows/store";

/** From this part of the day's budget on it is nearly spent: early enough to look, and to raise it. */
const nearly = 0.8;

/**
 * After something was consumed, or refused, out of the day's budget of the whole house: tells the administrators, once in each of its days, that it is nearly
 * spent, that it is spent, and that the half which new addresses may use is spent. By mail, never by text message, and never out of a
 * budget. One query while there is room; none while mail is off.
 */
export async function noticeBudget(ctx: RawCtx, channel: BudgetChannel): Promise<void> {
  if (!canLeave("mail")) return;
  const budget = await readBudget(ctx, channel);
  for (const reached of levelsOf(budget)) await tellOnce(ctx, { channel, limit: budget.limit, ...reached });
}

/** How far a budget is used up, and since when the day runs in which it is. */
type Reached = { readonly level: BudgetLevel; readonly since: Date };

function levelsOf({ used, limit, since, claimed, claimedLimit, claimedSince }: Budget): Reached[] {
  const levels: Reached[] = [];
  if (claimed >= claimedLimit) levels.push({ level: "claimed", since: claimedSince });
  if (used >= limit) levels.push({ level: "spent", since });
  else if (used >= Math.ceil(nearly * limit)) levels.push({ level: "nearly", since });
  return levels;
}

type Telling = Reached & { readonly channel: BudgetChannel; readonly limit: number };

/** The day's beginning is in the counter's name: a day of its own, begun when yesterday's end was told, would swallow today's. */
function tellOnce(ctx: RawCtx, { channel, level, since, limit }: Telling): Promise<void> {
  return inShortTransaction(ctx, async (tx) => {
    const key = bucketKey("budget.told", `${channel}:${level}:${since.toISOString()}`);
    if ((await consumeWindowTry(tx, key, throttleRules["budget.told"])) === null) return;
    const facts: (typeof budgetSpent)["sample"] = { at: tx.now.toISOString(), channel, level, limit };
    await tellAdministrators(tx, { exceptId: null, notice: budgetSpent, facts });
  });
}
