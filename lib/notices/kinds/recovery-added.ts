import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** A code came with a factor that was bound by an app; an earlier one that came like that is void. */
export const recoveryAdded = notice({
  kind: "recovery.added",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, left: z.number() }),
  sample: { ...sampleWhat, left: 11 },
  words: {
    "letters.recovery_added_title": { en: "A recovery code was added", zh: "已添加一个恢复代码" },
    "letters.recovery_added": {
      en: "A recovery code came with an authenticator app that was set up in another application. {left, plural, one {# code is} other {# codes are}} good now. An earlier one that came in this way is void.",
      zh: "在其他应用中设置身份验证器时，附带生成了一个恢复代码。现有 {left} 个可用代码。此前以同样方式获得的代码已失效。",
    },
    "letters.recovery_added_short": {
      en: "{brand}: a recovery code was added to your account. Not you? Log in and change your password at once.",
      zh: "{brand}：您的账户添加了一个恢复代码。非本人操作请立即登录并更改密码。",
    },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    return {
      subject: own("letters.recovery_added_title"),
      pieces: [
        sentence(own("letters.recovery_added", { left: facts.left })),
        circumstances(facts, desk),
        sentence(say("letters.not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.recovery_added_short", { brand }),
    };
  },
});
