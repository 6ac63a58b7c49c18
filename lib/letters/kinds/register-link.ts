import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { letterKind } from "@/lib/letters/letter-kind";

/** To an address that has no account: the link behind which one is made. */
export const registerLink = letterKind({
  kind: "register.link",
  shape: z.strictObject({ link: z.string(), at: z.iso.datetime(), ip: z.string(), agent: z.string() }),
  sample: {
    link: "http://localhost:3000/register/reg_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    at: "2030-01-07T09:00:00.000Z",
    ip: "203.0.113.7",
    agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0",
  },
  words: {
    "letters.register_link_title": { en: "Your account at {brand}", zh: "您的 {brand} 账户" },
    "letters.register_offered": {
      en: "Somebody asked for an account at {brand} with this address. If that was you, choose a password behind the button, and the account is made. The link works once, within a day.",
      zh: "有人用此邮箱在 {brand} 申请注册账户。如果是您本人，请点击按钮设置密码，账户随即创建。链接一天内有效，只能使用一次。",
    },
    "letters.register_link_button": { en: "Choose a password", zh: "设置密码" },
    "letters.register_link_warning": {
      en: "If it was not you, do nothing: without the link no account is made. Give it to nobody.",
      zh: "如果不是您本人，请忽略此邮件：没有此链接就不会创建账户。请勿将链接告诉任何人。",
    },
    "letters.register_link_short": {
      en: "{brand}: somebody asked for an account. If it was you, open the letter that we sent to your email.",
      zh: "{brand}：有人申请注册账户。如果是您本人，请打开我们发到您邮箱的邮件。",
    },
  },
  text: ({ link, ...facts }, desk) => ({
    subject: desk.own("letters.register_link_title", { brand: desk.brand }),
    pieces: [
      sentence(desk.own("letters.register_offered", { brand: desk.brand })),
      { kind: "button", label: desk.own("letters.register_link_button"), href: link },
      circumstances(facts, desk),
      sentence(desk.own("letters.register_link_warning")),
    ],
    short: desk.own("letters.register_link_short", { brand: desk.brand }),
  }),
});
