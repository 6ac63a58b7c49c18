import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** A recovery code opened a door; so many are left. */
export const recoveryUsed = notice({
  kind: "recovery.used",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, left: z.number() }),
  sample: { ...sampleWhat, left: 3 },
  words: {
    "letters.recovery_used_title": { en: "A recovery code was used", zh: "恢复代码已被使用" },
    "letters.recovery_used": {
      en: "Somebody passed the second step with one of your recovery codes. {left, plural, =0 {None is left: make a new set.} one {One is left: make a new set soon.} other {# are left.}}",
      zh: "有人用您的一个恢复代码通过了第二步验证。{left, plural, =0 {没有剩余代码，请生成新的一组。} other {剩余 # 个。}}",
    },
    "letters.recovery_used_short": {
      en: "{brand}: a recovery code of your account was used. Not you? Log in and change your password at once.",
      zh: "{brand}：您账户的恢复代码已被使用。非本人操作请立即登录并更改密码。",
    },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    return {
      subject: own("letters.recovery_used_title"),
      pieces: [
        sentence(own("letters.recovery_used", { left: facts.left })),
        circumstances(facts, desk),
        sentence(say("letters.not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.recovery_used_short", { brand }),
    };
  },
});
