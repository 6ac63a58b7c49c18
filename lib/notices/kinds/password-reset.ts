import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** A forgotten password was set anew. */
export const passwordReset = notice({
  kind: "password.reset",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, by: z.literal("old_password").optional() }),
  sample: sampleWhat,
  words: {
    "letters.password_reset_title": { en: "A new password was set for your account", zh: "您的账户已设置新密码" },
    "letters.password_reset": {
      en: "{by, select, old_password {Somebody typed the old password of your locked account, confirmed that it was you with a second factor and a recovery code, and chose a new one.} other {Somebody asked for a letter because the password was forgotten, confirmed that it was you, and chose a new one.}} The old one opens nothing any more, and everybody is logged out on every device.",
      zh: "{by, select, old_password {您的账户锁定后，有人输入了旧密码，通过了第二重验证和恢复代码的身份确认，并设置了新密码。} other {有人因忘记密码申请了邮件，通过了身份确认，并设置了新密码。}}旧密码已失效，所有设备上的登录均已退出。",
    },
    "letters.password_reset_warning": {
      en: "{by, select, old_password {If this was not you, somebody else knows your password and has your second factor and your recovery codes: tell whoever runs {brand} at once.} other {If this was not you, somebody else reads your mail and is in your account: tell whoever runs {brand} at once, and not by answering from that mailbox.}}",
      zh: "{by, select, old_password {如果不是您本人操作，说明有人知道您的密码，并持有您的第二重验证方式和恢复代码：请立即告知 {brand} 的管理员。} other {如果不是您本人操作，说明有人能查看您的邮件并已进入您的账户：请立即告知 {brand} 的管理员，且不要通过该邮箱联系。}}",
    },
    "letters.password_reset_short": {
      en: "{brand}: a new password was set for your account{by, select, old_password {} other { by email}}. Not you? Tell whoever runs {brand} at once.",
      zh: "{brand}：您的账户已{by, select, old_password {} other {通过邮件}}设置新密码。非本人操作请立即告知管理员。",
    },
  },
  text: (facts, desk) => {
    const [{ own, brand }, by] = [desk, facts.by ?? "letter"];
    return {
      subject: own("letters.password_reset_title"),
      pieces: [
        sentence(own("letters.password_reset", { by })),
        circumstances(facts, desk),
        sentence(own("letters.password_reset_warning", { brand, by })),
        lookButton(desk),
      ],
      short: own("letters.password_reset_short", { brand, by }),
    };
  },
});
