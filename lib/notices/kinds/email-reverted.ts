import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** A change of the login e-mail was taken back from the old mailbox; the address that counts again, masked. */
export const emailReverted = notice({
  kind: "email.reverted",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, email: z.string() }),
  sample: { ...sampleWhat, email: "g•••@example.test" },
  words: {
    "letters.email_reverted_title": { en: "The change of your login email was taken back", zh: "登录邮箱的更改已撤销" },
    "letters.email_reverted": {
      en: "Somebody pressed the button in the letter to your old mailbox. You log in with that address again. Your password opens nothing any more, and everybody who was logged in to your account is logged out.",
      zh: "有人点击了发送到您旧邮箱的邮件中的按钮。您的登录邮箱已恢复为旧邮箱，您的密码已失效，您账户的所有登录均已退出。",
    },
    "letters.email_reverted_next": {
      en: "You get in again with a new password: choose “Forgot your password?” on the login page. Where that does not lead to one, ask whoever runs {brand}; they were told too.",
      zh: "设置新密码后您即可重新登录：请在登录页选择“忘记密码？”。如果这样无法设置，请联系 {brand} 的管理员；管理员也已收到通知。",
    },
    "letters.email_reverted_short": {
      en: "{brand}: the change of your login email was taken back and your account closed to everybody. You need a new password.",
      zh: "{brand}：登录邮箱的更改已撤销，您的账户已暂停登录。设置新密码后可重新登录。",
    },
    "letters.counts_again_label": { en: "Login email", zh: "登录邮箱" },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.email_reverted_title"),
      pieces: [
        sentence(own("letters.email_reverted")),
        circumstances(facts, desk, [{ label: own("letters.counts_again_label"), value: facts.email }]),
        sentence(own("letters.email_reverted_next", { brand })),
      ],
      short: own("letters.email_reverted_short", { brand }),
    };
  },
});
