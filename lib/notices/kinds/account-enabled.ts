import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** An operator opened a disabled account again. */
export const accountEnabled = notice({
  kind: "account.enabled",
  reaches: everyAddress,
  shape: z.strictObject(what),
  sample: { ...sampleWhat, agent: "npm run portal" },
  words: {
    "letters.account_enabled_title": { en: "Your account is open again", zh: "您的账户已重新启用" },
    "letters.account_enabled": {
      en: "An administrator enabled your account again. You log in as before: your password and your second factors are as they were.",
      zh: "管理员已重新启用您的账户。您可以像以前一样登录：您的密码和第二重验证方式没有变化。",
    },
    "letters.account_enabled_short": {
      en: "{brand}: your account is open again. You log in as before.",
      zh: "{brand}：您的账户已重新启用，可以像以前一样登录。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.account_enabled_title"),
      pieces: [sentence(own("letters.account_enabled")), circumstances(facts, desk), lookButton(desk)],
      short: own("letters.account_enabled_short", { brand }),
    };
  },
});
