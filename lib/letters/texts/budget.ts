import type { BudgetLevel, FactsOf } from "@/lib/letters/facts";
import { type Desk, type Draft, sentence } from "@/lib/letters/texts/draft";
import type { MessageId } from "@/lib/messages/catalogue";

const happened = {
  nearly: "letters.budget_nearly",
  spent: "letters.budget_spent",
  claimed: "letters.budget_claimed",
} as const satisfies Record<BudgetLevel, MessageId>;

/** To administrators, about nobody's account. */
export function budgetSpent({ at, channel, level, limit }: FactsOf["budget.spent"], desk: Desk): Draft {
  const { say, brand } = desk;
  const when = { label: say("letters.when_label"), value: say("letters.moment_label", { at: new Date(at) }) };
  return {
    subject: say("letters.budget_title", { channel, level }),
    pieces: [
      sentence(say(happened[level], { channel, limit })),
      { kind: "rows", rows: [when] },
      sentence(say("letters.budget_next", { setting: channel === "sms" ? "SMS_PER_DAY" : "MAIL_PER_DAY" })),
    ],
    short: say("letters.budget_short", { brand, channel }),
  };
}
