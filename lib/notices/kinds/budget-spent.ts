import * as z from "zod";
import { sentence } from "@/lib/letters/draft";
import { notice, sampleWhat, what } from "@/lib/notices/notice";
import { channelNames } from "@/lib/policy/channels";

/** Nearly all of a day's budget is used, all of it, or the half that addresses may use which somebody merely says are theirs. */
const level = z.enum(["nearly", "spent", "claimed"]);

export type BudgetLevel = z.infer<typeof level>;

const happened = {
  nearly: "letters.budget_nearly",
  spent: "letters.budget_spent",
  claimed: "letters.budget_claimed",
} as const satisfies Record<BudgetLevel, string>;

/** How far the day's budget of a channel, `limit` codes or messages, is used up: nearly all, all, or the half that new addresses may use. About nobody's account. */
export const budgetSpent = notice({
  kind: "budget.spent",
  reaches: { to: "administrators" },
  shape: z.strictObject({ at: what.at, channel: z.enum(channelNames), level, limit: z.number() }),
  sample: { at: sampleWhat.at, channel: "sms", level: "spent", limit: 500 },
  words: {
    "letters.budget_title": {
      en: "Today’s budget for {channel, select, sms {text messages} other {codes by mail}} {level, select, nearly {is nearly spent} spent {is spent} other {is half spent, by new addresses}}",
      zh: "今日{channel, select, sms {短信} other {邮件验证码}}额度{level, select, nearly {即将用完} spent {已用完} other {已有一半被新地址用掉}}",
    },
    "letters.budget_nearly": {
      en: "More than four fifths of the {limit} {channel, select, sms {text messages} other {codes by mail}} that may leave in one day have left.",
      zh: "每天最多可发送 {limit} {channel, select, sms {条短信} other {封验证码邮件}}，今日已用去五分之四以上。",
    },
    "letters.budget_spent": {
      en: "All {limit} {channel, select, sms {text messages} other {codes by mail}} that may leave in one day have left. Until the day is over, people get such codes only in browsers where they have logged in before, two each; everybody else needs another way in.",
      zh: "每天最多可发送 {limit} {channel, select, sms {条短信} other {封验证码邮件}}，今日已全部用完。在这一天结束之前，只有在以前登录过的浏览器中还能收到验证码，每人两次；其他人需要使用别的方式登录。",
    },
    "letters.budget_claimed": {
      en: "Half of the {limit} {channel, select, sms {text messages} other {codes by mail}} that may leave in one day went to {channel, select, sms {numbers} other {addresses}} that were not bound yet. Until the day is over no other new one can be bound. Whoever has bound theirs is not affected.",
      zh: "每天最多可发送 {limit} {channel, select, sms {条短信} other {封验证码邮件}}，其中一半已发往尚未绑定的{channel, select, sms {号码} other {地址}}。在这一天结束之前，不再接受新的绑定。已完成绑定的人不受影响。",
    },
    "letters.budget_next": {
      en: "Please look at the events of today: many different numbers or addresses within a short time mean that somebody wastes your money. If your people simply need more, raise {setting}.",
      zh: "请查看今天的事件记录：如果短时间内出现大量不同的号码或地址，说明有人在浪费您的费用。如果只是正常使用量增加，请调高 {setting}。",
    },
    "letters.budget_short": {
      en: "{brand}: the daily budget for {channel, select, sms {text messages} other {codes by mail}} is used up or nearly so. A mail says more.",
      zh: "{brand}：今日{channel, select, sms {短信} other {邮件验证码}}额度已用完或即将用完。详情请见邮件。",
    },
  },
  text: ({ at, channel, level, limit }, { own, say, brand }) => {
    const when = { label: say("letters.when_label"), value: say("letters.moment_label", { at: new Date(at) }) };
    return {
      subject: own("letters.budget_title", { channel, level }),
      pieces: [
        sentence(own(happened[level], { channel, limit })),
        { kind: "rows", rows: [when] },
        sentence(own("letters.budget_next", { setting: channel === "sms" ? "SMS_PER_DAY" : "MAIL_PER_DAY" })),
      ],
      short: own("letters.budget_short", { brand, channel }),
    };
  },
});
