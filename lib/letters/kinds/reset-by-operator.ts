import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { askedFacts, sampleAsked } from "@/lib/letters/kinds/reset-asked";
import { letterKind } from "@/lib/letters/letter-kind";

/** Somebody asked for a new password whose mailbox is not enough, and who has nothing else that counts: whoever runs the portal decides. */
export const resetByOperator = letterKind({
  kind: "reset.operator",
  shape: z.strictObject(askedFacts),
  sample: sampleAsked,
  words: {
    "letters.reset_operator_title": { en: "You asked for a new password", zh: "您申请了新密码" },
    "letters.reset_operator": {
      en: "Somebody asked for a new password for your account. A letter alone must not be enough to choose one for it, and the account has no second factor that could stand beside this letter. If it was you, ask whoever runs {brand} for a link, by a way that you trust.",
      zh: "有人为您的账户申请了新密码。仅凭一封邮件不足以为此账户设置新密码，而且账户没有可与此邮件配合使用的第二重验证方式。如果是您本人，请通过可信的方式向 {brand} 的管理员索要链接。",
    },
    "letters.reset_operator_warning": {
      en: "If it was not you, there is nothing that you need to do: your password stays as it is.",
      zh: "如果不是您本人，您无需做任何事：密码不会改变。",
    },
    "letters.reset_operator_short": {
      en: "{brand}: ask whoever runs it for a link to a new password.",
      zh: "{brand}：请向管理员索要设置新密码的链接。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.reset_operator_title"),
      pieces: [
        sentence(own("letters.reset_operator", { brand })),
        circumstances(facts, desk),
        sentence(own("letters.reset_operator_warning")),
      ],
      short: own("letters.reset_operator_short", { brand }),
    };
  },
});
