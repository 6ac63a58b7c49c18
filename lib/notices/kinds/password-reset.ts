import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** A forgotten password was set anew. */
export const passwordReset = notice({
  kind: "password.reset",
  reaches: everyAddress,
  shape: z.strictObject(what),
  sample: sampleWhat,
  words: {
    "letters.password_reset_title": { en: "A new password was set for your account", zh: "您的账户已设置新密码" },
    "letters.password_reset": {
      en: "Somebody asked for a letter because the password was forgotten, confirmed that it was you, and chose a new one. The old one opens nothing any more, and everybody is logged out on every device.",
      zh: "有人因忘记密码申请了邮件，通过了身份确认，并设置了新密码。旧密码已失效，所有设备上的登录均已退出。",
    },
    "letters.password_reset_warning": {
      en: "If this was not you, somebody else reads your mail and is in your account: tell whoever runs {brand} at once, and not by answering from that mailbox.",
      zh: "如果不是您本人操作，说明有人能查看您的邮件并已进入您的账户：请立即告知 {brand} 的管理员，且不要通过该邮箱联系。",
    },
    "letters.password_reset_short": {
      en: "{brand}: a new password was set for your account by email. Not you? Tell whoever runs {brand} at once.",
      zh: "{brand}：您的账户已通过邮件设置新密码。非本人操作请立即告知管理员。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.password_reset_title"),
      pieces: [
        sentence(own("letters.password_reset")),
        circumstances(facts, desk),
        sentence(own("letters.password_reset_warning", { brand })),
        lookButton(desk),
      ],
      short: own("letters.password_reset_short", { brand }),
    };
  },
});
