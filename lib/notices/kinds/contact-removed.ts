import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** An address is told no more, masked; it hears of this and of all that happens in the seven days after it. */
export const contactRemoved = notice({
  kind: "contact.removed",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, address: z.string() }),
  sample: { ...sampleWhat, address: "g•••@example.test" },
  words: {
    "letters.contact_removed_title": { en: "An address was removed from your account", zh: "您的账户已移除通知邮箱" },
    "letters.contact_removed": {
      en: "It still hears of everything that happens in the next seven days, and of nothing after them.",
      zh: "接下来的七天内，此邮箱仍会收到所有通知，之后不再收到。",
    },
    "letters.contact_removed_short": {
      en: "{brand}: an address was removed from your account. Not you? Change your password.",
      zh: "{brand}：您的账户已移除通知邮箱。若非本人，请更改密码。",
    },
    "letters.removed_contact_label": { en: "Address", zh: "邮箱" },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    return {
      subject: own("letters.contact_removed_title"),
      pieces: [
        sentence(own("letters.contact_removed")),
        circumstances(facts, desk, [{ label: own("letters.removed_contact_label"), value: facts.address }]),
        sentence(say("letters.not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.contact_removed_short", { brand }),
    };
  },
});
