import * as z from "zod";
import { sentence } from "@/lib/letters/draft";
import { codeFacts, originBound, sampleCode } from "@/lib/letters/kinds/code";
import { letterKind } from "@/lib/letters/letter-kind";

/** A code for the second door. */
export const codeLogin = letterKind({
  kind: "code.login",
  shape: z.strictObject(codeFacts),
  sample: sampleCode,
  words: {
    "letters.code_login_title": { en: "Your code for {brand}", zh: "您的 {brand} 验证码" },
    "letters.code_login": {
      en: "Type this code on the page that asks for it. It works once, for {minutes, plural, one {# minute} other {# minutes}}.",
      zh: "请在要求输入验证码的页面输入此验证码。它只能使用一次，{minutes} 分钟内有效。",
    },
    "letters.code_login_warning": {
      en: "Give it to nobody: nobody from {brand} will ever ask you for it. If you did not ask for it just now, somebody may be in your account or know your password. Log in and change it.",
      zh: "请勿告诉任何人：{brand} 的任何人都不会向您索要验证码。如果不是您刚刚索取的，可能有人已进入您的账户或知道您的密码。请登录并更改密码。",
    },
    "letters.code_login_short": {
      en: "{brand}: {code} is your code, good for {minutes} min. Give it to nobody. Not you? Change your password.",
      zh: "{brand}：验证码 {code}，{minutes} 分钟内有效，勿告他人。若非本人，请改密码。",
    },
  },
  text: ({ code, minutes }, { own, brand, appUrl }) => ({
    subject: own("letters.code_login_title", { brand }),
    pieces: [
      sentence(own("letters.code_login", { minutes })),
      { kind: "code", code },
      sentence(own("letters.code_login_warning", { brand })),
    ],
    short: `${own("letters.code_login_short", { brand, code, minutes })}\n\n${originBound(appUrl, code)}`,
  }),
});
