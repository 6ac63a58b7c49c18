import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** An operator took all factors away. */
export const factorsReset = notice({
  kind: "factors.reset",
  reaches: everyAddress,
  shape: z.strictObject(what),
  sample: { ...sampleWhat, agent: "npm run portal" },
  words: {
    "letters.factors_reset_title": {
      en: "An administrator reset your second factors",
      zh: "管理员重置了您的第二重验证",
    },
    "letters.factors_reset": {
      en: "All your second factors and recovery codes are gone, and you are logged out everywhere. Log in with your password and set up a new factor soon.",
      zh: "您的所有第二重验证方式和恢复代码均已清除，您在所有地方均已退出登录。请用密码登录，并尽快设置新的验证方式。",
    },
    "letters.factors_reset_warning": {
      en: "If you did not ask for this, tell whoever runs {brand} at once.",
      zh: "如果这不是您要求的，请立即告知 {brand} 的管理员。",
    },
    "letters.factors_reset_short": {
      en: "{brand}: an administrator reset your second factors. You did not ask for it? Tell whoever runs {brand} at once.",
      zh: "{brand}：管理员重置了您的第二重验证。如非您要求，请立即告知管理员。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.factors_reset_title"),
      pieces: [
        sentence(own("letters.factors_reset")),
        circumstances(facts, desk),
        sentence(own("letters.factors_reset_warning", { brand })),
        lookButton(desk),
      ],
      short: own("letters.factors_reset_short", { brand }),
    };
  },
});
