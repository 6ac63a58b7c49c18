import * as z from "zod";
import { sentence } from "@/lib/letters/draft";
import { letterKind } from "@/lib/letters/letter-kind";

/** To whom an address belongs that somebody else wanted as theirs: in the place of the code, so that the page can say the same to everybody. */
export const contactTaken = letterKind({
  kind: "contact.taken",
  shape: z.strictObject({}),
  sample: {},
  words: {
    "letters.contact_taken_title": {
      en: "Somebody wanted to log in with your address",
      zh: "有人想使用您的地址登录",
    },
    "letters.contact_taken": {
      en: "Somebody wanted to make an email address or a phone number of yours the one that they log in with at {brand}. It belongs to your account, so nothing was changed and nothing was shown to them. If it was you, with a second account, choose another address there.",
      zh: "有人想将属于您的邮箱或手机号设为其 {brand} 账户的登录名。它属于您的账户，因此没有任何更改，也没有向对方显示任何信息。如果是您本人的另一个账户，请在该账户中使用其他地址。",
    },
    "letters.contact_taken_short": {
      en: "{brand}: somebody wanted to log in with an address of yours. Nothing was changed.",
      zh: "{brand}：有人想使用您的地址登录，没有任何更改。",
    },
  },
  text: (_, { own, brand }) => ({
    subject: own("letters.contact_taken_title"),
    pieces: [sentence(own("letters.contact_taken", { brand }))],
    short: own("letters.contact_taken_short", { brand }),
  }),
});
