import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { canLeave } from "@/lib/letters/queue-letters";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** The password was changed, or set by a link. */
export const passwordChanged = notice({
  kind: "password.changed",
  reaches: everyAddress,
  shape: z.strictObject(what),
  sample: sampleWhat,
  words: {
    "letters.password_changed_title": { en: "Your password was changed", zh: "您的密码已更改" },
    "letters.password_changed": {
      en: "The old one opens nothing any more, and everybody else who was logged in to your account is logged out.",
      zh: "旧密码已失效，其他登录您账户的人均已退出。",
    },
    "letters.password_changed_warning": {
      en: "If this was not you, somebody else is in your account. Choose “Forgot your password?” on the login page at once: the password that you set then logs them out. Where that does not lead to one, tell whoever runs {brand}.",
      zh: "如果不是您本人操作，说明有人进入了您的账户。请立即在登录页选择“忘记密码？”：设置新密码后，对方将被退出登录。如果这样无法设置，请告知 {brand} 的管理员。",
    },
    "letters.password_changed_reset_short": {
      en: '{brand}: your password was changed. Not you? Choose "Forgot your password?" on the login page, or tell whoever runs {brand}, at once.',
      zh: "{brand}：您的密码已更改。非本人操作请立即在登录页选择“忘记密码？”，或告知管理员。",
    },
    "letters.password_changed_short": {
      en: "{brand}: your password was changed. Not you? Tell whoever runs {brand} at once.",
      zh: "{brand}：您的密码已更改。非本人操作请立即告知管理员。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.password_changed_title"),
      pieces: [
        sentence(own("letters.password_changed")),
        circumstances(facts, desk),
        sentence(own("letters.password_changed_warning", { brand })),
        lookButton(desk),
      ],
      short: own(canLeave("mail") ? "letters.password_changed_reset_short" : "letters.password_changed_short", {
        brand,
      }),
    };
  },
});
