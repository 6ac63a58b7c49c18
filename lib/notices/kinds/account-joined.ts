import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** An invited person has chosen their first password: nothing was taken from them, so nothing alarms. */
export const accountJoined = notice({
  kind: "account.joined",
  reaches: everyAddress,
  shape: z.strictObject(what),
  sample: sampleWhat,
  words: {
    "letters.account_joined_title": { en: "Welcome to {brand}", zh: "欢迎使用 {brand}" },
    "letters.account_joined": {
      en: "You have chosen your first password, and your account is ready. When you set up a second factor, one more letter says so.",
      zh: "您已设置首个密码，账户可以使用了。设置第二重验证时，您会再收到一封信。",
    },
    "letters.account_joined_not_you": {
      en: "If this was not you, somebody else has used your invitation: tell whoever runs {brand} at once.",
      zh: "如果不是您本人操作，说明有人使用了您的邀请，请立即告知 {brand} 的管理员。",
    },
    "letters.account_joined_short": {
      en: "{brand}: your account is ready. Not you? Tell whoever runs {brand} at once.",
      zh: "{brand}：您的账户已可使用。非本人操作请立即告知管理员。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.account_joined_title", { brand }),
      pieces: [
        sentence(own("letters.account_joined")),
        circumstances(facts, desk),
        sentence(own("letters.account_joined_not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.account_joined_short", { brand }),
    };
  },
});
