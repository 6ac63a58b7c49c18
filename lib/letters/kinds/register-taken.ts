import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { letterKind } from "@/lib/letters/letter-kind";

/** To whoever has an account with the address that somebody wanted to register. */
export const registerTaken = letterKind({
  kind: "register.taken",
  shape: z.strictObject({ at: z.iso.datetime(), ip: z.string(), agent: z.string() }),
  sample: {
    at: "2030-01-07T09:00:00.000Z",
    ip: "203.0.113.7",
    agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0",
  },
  words: {
    "letters.register_taken_title": { en: "You have an account at {brand} already", zh: "您已有 {brand} 账户" },
    "letters.register_taken": {
      en: "Somebody asked for a new account at {brand} with this address. There is one already, so none was made and nothing was changed. If that was you, log in with this address and your password; if you no longer know it, “Forgot your password?” on that page leads to a new one.",
      zh: "有人用此邮箱在 {brand} 申请注册账户。此邮箱已有账户，因此没有创建新账户，也没有任何改动。如果是您本人，请使用此邮箱和密码登录；如果忘记密码，请点击登录页上的“忘记密码？”。",
    },
    "letters.register_taken_button": { en: "Log in", zh: "登录" },
    "letters.register_taken_short": {
      en: "{brand}: somebody asked for a new account with your email. You have one already: log in with it.",
      zh: "{brand}：有人用您的邮箱申请注册账户。您已有账户，请直接登录。",
    },
  },
  text: (facts, desk) => ({
    subject: desk.own("letters.register_taken_title", { brand: desk.brand }),
    pieces: [
      sentence(desk.own("letters.register_taken", { brand: desk.brand })),
      circumstances(facts, desk),
      { kind: "button", label: desk.own("letters.register_taken_button"), href: `${desk.appUrl}/login` },
    ],
    short: desk.own("letters.register_taken_short", { brand: desk.brand }),
  }),
});
