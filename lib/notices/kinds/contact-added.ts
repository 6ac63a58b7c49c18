import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** One more address is told what happens, masked. It hears of this itself too. */
export const contactAdded = notice({
  kind: "contact.added",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, address: z.string() }),
  sample: { ...sampleWhat, address: "g•••@example.test" },
  words: {
    "letters.contact_added_title": { en: "An address was added to your account", zh: "您的账户已添加通知邮箱" },
    "letters.contact_added": {
      en: "From now on it is told too when something about your account changes. Nobody can log in or choose a password with it.",
      zh: "今后您的账户发生变化时，此邮箱也会收到通知。它不能用于登录或设置密码。",
    },
    "letters.contact_added_short": {
      en: "{brand}: an address was added to your account, to be told of changes. Not you? Change your password.",
      zh: "{brand}：您的账户已添加通知邮箱。若非本人，请更改密码。",
    },
    "letters.contact_label": { en: "Address", zh: "邮箱" },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    return {
      subject: own("letters.contact_added_title"),
      pieces: [
        sentence(own("letters.contact_added")),
        circumstances(facts, desk, [{ label: own("letters.contact_label"), value: facts.address }]),
        sentence(say("letters.not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.contact_added_short", { brand }),
    };
  },
});
