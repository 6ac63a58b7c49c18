import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { codeFacts, sampleCode } from "@/lib/letters/kinds/code";
import { letterKind } from "@/lib/letters/letter-kind";

/** Strangers keep an owner waiting at the login: the way past them for one browser. */
export const unlockLink = letterKind({
  kind: "unlock.link",
  shape: z.strictObject({ at: z.iso.datetime(), ip: z.string(), agent: z.string(), link: z.string(), ...codeFacts }),
  sample: {
    at: "2030-01-07T09:00:00.000Z",
    ip: "203.0.113.7",
    agent: "Mozilla/5.0 Firefox/147.0",
    link: "http://localhost:3000/unlock/unl_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    ...sampleCode,
  },
  words: {
    "letters.unlock_title": { en: "Log in without waiting", zh: "无需等待即可登录" },
    "letters.unlock": {
      en: "Somebody typed too many wrong passwords for your account at {brand}, and you asked for a way past them. Type this code on the page that waits for it, or press the button in the browser where you want to log in. Both work for {minutes} minutes.",
      zh: "有人为您在 {brand} 的账户输入了过多错误密码，您申请了无需等待的登录方式。请在等待的页面输入此验证码，或在您要登录的浏览器中点击按钮。{minutes} 分钟内有效。",
    },
    "letters.unlock_button": { en: "Let this browser try", zh: "允许此浏览器尝试" },
    "letters.unlock_warning": {
      en: "It does not log anybody in: your password, and your second step, are asked for as always. If you did not ask for it, there is nothing that you need to do. Give the code to nobody.",
      zh: "这不会让任何人登录：仍需输入您的密码并完成第二步验证。如果不是您本人申请，您无需做任何事。请勿将验证码告诉任何人。",
    },
    "letters.unlock_short": {
      en: "{brand}: {code} lets your browser try without waiting. Give it to nobody.",
      zh: "{brand}：验证码 {code}，可让您的浏览器无需等待，勿告他人。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    const { code, link, minutes } = facts;
    return {
      subject: own("letters.unlock_title"),
      pieces: [
        sentence(own("letters.unlock", { brand, minutes })),
        { kind: "code", code },
        { kind: "button", label: own("letters.unlock_button"), href: link },
        circumstances(facts, desk),
        sentence(own("letters.unlock_warning")),
      ],
      short: own("letters.unlock_short", { brand, code }),
    };
  },
});
