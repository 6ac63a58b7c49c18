import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** A new set of recovery codes was made. */
export const recoveryGenerated = notice({
  kind: "recovery.generated",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, count: z.number() }),
  sample: { ...sampleWhat, count: 10 },
  words: {
    "letters.recovery_generated_title": { en: "New recovery codes were made", zh: "已生成新的恢复代码" },
    "letters.recovery_generated": {
      en: "There {count, plural, one {is # new code} other {are # new codes}}. All earlier ones are void.",
      zh: "共有 {count} 个新代码。之前的所有代码都已失效。",
    },
    "letters.recovery_generated_short": {
      en: "{brand}: new recovery codes were made for your account. Not you? Log in and change your password at once.",
      zh: "{brand}：您的账户生成了新的恢复代码。非本人操作请立即登录并更改密码。",
    },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    return {
      subject: own("letters.recovery_generated_title"),
      pieces: [
        sentence(own("letters.recovery_generated", { count: facts.count })),
        circumstances(facts, desk),
        sentence(say("letters.not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.recovery_generated_short", { brand }),
    };
  },
});
