import * as z from "zod";
import { sentence } from "@/lib/letters/draft";
import { codeFacts, originBound, sampleCode } from "@/lib/letters/kinds/code";
import { letterKind } from "@/lib/letters/letter-kind";

/** A code that proves that somebody receives here. */
export const codeBind = letterKind({
  kind: "code.bind",
  shape: z.strictObject(codeFacts),
  sample: sampleCode,
  words: {
    "letters.code_bind_title": { en: "Confirm this address for {brand}", zh: "为 {brand} 确认此邮箱" },
    "letters.code_bind": {
      en: "Somebody wants to receive login codes for their account at {brand} at this address. If that is you, type this code on the page that asks for it. It works once, for {minutes, plural, one {# minute} other {# minutes}}.",
      zh: "有人想用此邮箱接收 {brand} 账户的登录验证码。如果是您本人，请在要求输入的页面输入此验证码。它只能使用一次，{minutes} 分钟内有效。",
    },
    "letters.code_bind_warning": {
      en: "If it was not you, do nothing: without the code nothing happens. Give it to nobody.",
      zh: "如果不是您本人，请忽略此邮件：没有验证码，什么也不会发生。请勿将验证码告诉任何人。",
    },
    "letters.code_bind_short": {
      en: "{brand}: {code} confirms this number, good for {minutes} min. Give it to nobody. Not you? Do nothing.",
      zh: "{brand}：{code} 用于确认此号码，{minutes} 分钟内有效，勿告他人。若非本人，请忽略。",
    },
  },
  text: ({ code, minutes }, { own, say, brand, appUrl }) => ({
    subject: own("letters.code_bind_title", { brand }),
    pieces: [
      sentence(own("letters.code_bind", { brand, minutes })),
      { kind: "code", code },
      sentence(own("letters.code_bind_warning")),
    ],
    short: `${own("letters.code_bind_short", { brand, code, minutes })}\n\n${originBound(appUrl, code)}`,
    why: say("letters.why_stranger", { brand }), // until the code is typed the address is nobody's
  }),
});
