import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { codeFacts, sampleCode } from "@/lib/letters/kinds/code";
import { askedFacts, sampleAsked } from "@/lib/letters/kinds/reset-asked";
import { letterKind } from "@/lib/letters/letter-kind";

/** Somebody asked for a new password through an app: the code that its page asks for, and who asked. */
export const resetCode = letterKind({
  kind: "reset.code",
  shape: z.strictObject({ ...askedFacts, ...codeFacts }),
  sample: { ...sampleAsked, ...sampleCode },
  words: {
    "letters.reset_code_title": { en: "Your code for a new password", zh: "您的设置新密码验证码" },
    "letters.reset_code": {
      en: "Somebody asked for a new password for your account at {brand}. If it was you, type this code on the page that asks for it. It works once, for {minutes} minutes.",
      zh: "有人为您在 {brand} 的账户申请了新密码。如果是您本人，请在要求输入验证码的页面输入此验证码。它只能使用一次，{minutes} 分钟内有效。",
    },
    "letters.reset_code_warning": {
      en: "If it was not you, there is nothing that you need to do: your password stays as it is. Give this code to nobody.",
      zh: "如果不是您本人，您无需做任何事：密码不会改变。请勿将此验证码告诉任何人。",
    },
    "letters.reset_code_short": {
      en: "{brand}: {code} is your code for a new password. Give it to nobody.",
      zh: "{brand}：设置新密码的验证码 {code}，勿告他人。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    const { code, minutes } = facts;
    return {
      subject: own("letters.reset_code_title"),
      pieces: [
        sentence(own("letters.reset_code", { brand, minutes })),
        { kind: "code", code },
        circumstances(facts, desk),
        sentence(own("letters.reset_code_warning")),
      ],
      short: own("letters.reset_code_short", { brand, code }),
    };
  },
});
