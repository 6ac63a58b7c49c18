import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** The address to log in with from now on, masked: the old mailbox may be somebody else's by now. */
export const emailChanged = notice({
  kind: "email.changed",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, email: z.string() }),
  sample: { ...sampleWhat, email: "g•••@example.test", agent: "npm run portal" },
  words: {
    "letters.email_changed_title": { en: "Your email for logging in was changed", zh: "您用于登录的邮箱已更改" },
    "letters.email_changed": {
      en: "An administrator changed the email that you log in with. All your sessions have ended: log in again with the new one. Your password and your second factors are as they were.",
      zh: "管理员更改了您用于登录的邮箱。您在所有地方均已退出登录，请使用新邮箱重新登录。您的密码和第二重验证方式没有变化。",
    },
    "letters.email_changed_warning": {
      en: "If you did not expect this, ask whoever runs {brand} at once.",
      zh: "如果您对此不知情，请立即联系 {brand} 的管理员。",
    },
    "letters.email_changed_short": {
      en: "{brand}: your email for logging in was changed. If you did not expect this, ask an administrator at once.",
      zh: "{brand}：您用于登录的邮箱已更改。如果您对此不知情，请立即联系管理员。",
    },
    "letters.email_label": { en: "New email", zh: "新邮箱" },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.email_changed_title"),
      pieces: [
        sentence(own("letters.email_changed")),
        circumstances(facts, desk, [{ label: own("letters.email_label"), value: facts.email }]),
        sentence(own("letters.email_changed_warning", { brand })),
        lookButton(desk),
      ],
      short: own("letters.email_changed_short", { brand }),
    };
  },
});
