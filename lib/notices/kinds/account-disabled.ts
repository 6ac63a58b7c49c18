import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** An operator shut the account: whoever it belongs to must hear why it opens no more. */
export const accountDisabled = notice({
  kind: "account.disabled",
  reaches: everyAddress,
  shape: z.strictObject(what),
  sample: { ...sampleWhat, agent: "npm run portal" },
  words: {
    "letters.account_disabled_title": { en: "Your account was disabled", zh: "您的账户已停用" },
    "letters.account_disabled": {
      en: "An administrator disabled your account. You are logged out everywhere, and it opens for nobody until an administrator enables it again. Nothing of it was deleted.",
      zh: "管理员已停用您的账户。您在所有地方均已退出登录；在管理员重新启用之前，任何人都无法登录。账户内容没有被删除。",
    },
    "letters.account_disabled_warning": {
      en: "If you did not expect this, ask whoever runs {brand}.",
      zh: "如果您对此不知情，请联系 {brand} 的管理员。",
    },
    "letters.account_disabled_short": {
      en: "{brand}: an administrator disabled your account. You are logged out everywhere. If you did not expect this, ask them.",
      zh: "{brand}：管理员已停用您的账户，您在所有地方均已退出登录。如果您对此不知情，请联系管理员。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.account_disabled_title"),
      pieces: [
        sentence(own("letters.account_disabled")),
        circumstances(facts, desk),
        sentence(own("letters.account_disabled_warning", { brand })),
      ],
      short: own("letters.account_disabled_short", { brand }),
    };
  },
});
