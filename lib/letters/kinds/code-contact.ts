import * as z from "zod";
import { sentence } from "@/lib/letters/draft";
import { codeFacts, originBound, sampleCode } from "@/lib/letters/kinds/code";
import { letterKind } from "@/lib/letters/letter-kind";

/** A code that proves that somebody reads what is written to a mailbox or number of their account. */
export const codeContact = letterKind({
  kind: "code.contact",
  shape: z.strictObject(codeFacts),
  sample: sampleCode,
  words: {
    "letters.code_contact_title": { en: "Confirm your address for {brand}", zh: "为 {brand} 确认您的地址" },
    "letters.code_contact": {
      en: "Somebody wants to use this address for their account at {brand}. If that is you, type this code on the page that asks for it. It works once, for {minutes, plural, one {# minute} other {# minutes}}.",
      zh: "有人想将此邮箱用于其 {brand} 账户。如果是您本人，请在要求输入的页面输入此验证码。它只能使用一次，{minutes} 分钟内有效。",
    },
    "letters.code_contact_warning": {
      en: "If it was not you, do nothing: without the code nothing happens. Give it to nobody.",
      zh: "如果不是您本人，请忽略此邮件：没有验证码，什么也不会发生。请勿将验证码告诉任何人。",
    },
    "letters.code_contact_short": {
      en: "{brand}: {code} confirms this number, good for {minutes} min. Give it to nobody. Not you? Do nothing.",
      zh: "{brand}：{code} 用于确认此号码，{minutes} 分钟内有效，勿告他人。若非本人，请忽略。",
    },
  },
  text: ({ code, minutes }, { own, say, brand, appUrl }) => ({
    subject: own("letters.code_contact_title", { brand }),
    pieces: [
      sentence(own("letters.code_contact", { brand, minutes })),
      { kind: "code", code },
      sentence(own("letters.code_contact_warning")),
    ],
    short: `${own("letters.code_contact_short", { brand, code, minutes })}\n\n${originBound(appUrl, code)}`,
    why: say("letters.why_stranger", { brand }), // until the code is typed the address is nobody's
  }),
});
