import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { changeName } from "@/lib/notices/change-name";
import { notice, sampleWhat, what } from "@/lib/notices/notice";

/** A change of `who`'s account waits, and no letter about it could leave: an administrator may know them, and ask. */
export const changeUntold = notice({
  kind: "change.untold",
  reaches: { to: "administrators", waitsForMail: true }, // nobody else knows: with mail off the person was told nothing
  shape: z.strictObject({ ...what, who: z.string(), change: z.string(), hours: z.number() }),
  sample: { ...sampleWhat, who: "grace@example.test", change: "account.delete", hours: 168 },
  words: {
    "letters.change_untold_title": { en: "{who} could not be told: {change}", zh: "无法通知 {who}：{change}" },
    "letters.change_untold": {
      en: "A change to this account waits, and no letter about it could be delivered. It will be done in {hours, plural, one {one hour} =168 {seven days} other {# hours}} unless somebody stops it. Ask them by a way that you trust whether they want it; whoever runs the portal can stop it.",
      zh: "此账户有一项更改在等待，但相关邮件均无法送达。如无人取消，将在 {hours, plural, =168 {七天} other {# 小时}}后生效。请通过可信的方式询问本人是否需要；门户的运维人员可以取消。",
    },
    "letters.change_untold_short": {
      en: "{brand}: a change to the account of {who} waits, and they could not be told. A mail says more.",
      zh: "{brand}：{who} 的账户有一项更改在等待，且无法通知本人。详情请见邮件。",
    },
    "letters.untold_person_label": { en: "Account", zh: "账户" },
  },
  text: (facts, desk) => {
    const { own, brand, language } = desk;
    const { who, hours } = facts;
    const change = changeName(facts.change, language);
    return {
      subject: own("letters.change_untold_title", { who, change }),
      pieces: [
        sentence(own("letters.change_untold", { hours })),
        circumstances(facts, desk, [{ label: own("letters.untold_person_label"), value: who }]),
      ],
      short: own("letters.change_untold_short", { brand, who }),
    };
  },
});
