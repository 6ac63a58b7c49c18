import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** To the person who pressed "this was not me": the password works no more and everybody is logged out. */
export const accountSecured = notice({
  kind: "account.secured",
  reaches: everyAddress,
  shape: z.strictObject(what),
  sample: sampleWhat,
  words: {
    "letters.account_secured_title": { en: "Your account was closed to everybody", zh: "您的账户已暂停登录" },
    "letters.account_secured": {
      en: "Somebody pressed “This was not me” in one of our letters to you. Your password opens nothing any more, and everybody who was logged in to your account is logged out.",
      zh: "有人在我们发给您的邮件中点击了“这不是我本人”。您的密码已失效，您账户的所有登录均已退出。",
    },
    "letters.account_secured_next": {
      en: "You get in again with a new password: choose “Forgot your password?” on the login page of {brand}. Where that does not lead to one, ask whoever runs {brand} for a link; they were told too.",
      zh: "设置新密码后您即可重新登录：请在 {brand} 的登录页选择“忘记密码？”。如果这样无法设置，请向 {brand} 的管理员索要链接；管理员也已收到通知。",
    },
    "letters.account_secured_short": {
      en: '{brand}: your account was closed to everybody, because somebody pressed "This was not me". Choose a new password to get in.',
      zh: "{brand}：因有人点击“这不是我本人”，您的账户已暂停登录。设置新密码后可重新登录。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.account_secured_title"),
      pieces: [
        sentence(own("letters.account_secured")),
        circumstances(facts, desk),
        sentence(own("letters.account_secured_next", { brand })),
      ],
      short: own("letters.account_secured_short", { brand }),
    };
  },
});
