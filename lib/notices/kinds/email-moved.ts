import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** The owner's own change of the address to log in with, masked. */
export const emailMoved = notice({
  kind: "email.moved",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, email: z.string() }),
  sample: { ...sampleWhat, email: "g•••@example.test" },
  words: {
    "letters.email_moved_title": { en: "Your login email was changed", zh: "您的登录邮箱已更改" },
    "letters.email_moved": {
      en: "From now on you log in with the new one. Everybody else who was logged in to your account is logged out; your password and your second factors are as they were. For three days the old mailbox can take the change back.",
      zh: "今后请使用新邮箱登录。您账户的其他登录均已退出，您的密码和第二重验证方式没有变化。三天内可从旧邮箱撤销此更改。",
    },
    "letters.email_moved_warning": {
      en: "If this was not you, press the button in the letter that went to the old mailbox, or ask whoever runs {brand} at once.",
      zh: "如果不是您本人操作，请点击发送到旧邮箱的邮件中的按钮，或立即联系 {brand} 的管理员。",
    },
    "letters.email_moved_short": {
      en: "{brand}: your login email was changed. Not you? Use the letter in your old mailbox, or tell whoever runs {brand} at once.",
      zh: "{brand}：您的登录邮箱已更改。非本人操作请查看旧邮箱中的邮件，或立即告知管理员。",
    },
    "letters.moved_to_label": { en: "New email", zh: "新邮箱" },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.email_moved_title"),
      pieces: [
        sentence(own("letters.email_moved")),
        circumstances(facts, desk, [{ label: own("letters.moved_to_label"), value: facts.email }]),
        sentence(own("letters.email_moved_warning", { brand })),
        lookButton(desk),
      ],
      short: own("letters.email_moved_short", { brand }),
    };
  },
});
