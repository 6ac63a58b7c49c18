import * as z from "zod";
import { hours, later } from "@/lib/kernel/duration";
import { circumstances, sentence } from "@/lib/letters/draft";
import { changeName } from "@/lib/notices/change-name";
import { notice, sampleWhat, what } from "@/lib/notices/notice";

/**
 * A change of `who`'s account began to wait, and no letter about it could leave: an administrator may know them, and ask. It may be read long afterwards, so it says
 * until when the change waits, `hours` from `at` on, and nothing that holds only meanwhile.
 */
export const changeUntold = notice({
  kind: "change.untold",
  reaches: { to: "administrators", waitsForMail: true }, // nobody else knows: with mail off the person was told nothing
  shape: z.strictObject({ ...what, who: z.string(), change: z.string(), hours: z.number() }),
  sample: { ...sampleWhat, who: "grace@example.test", change: "account.delete", hours: 168 },
  words: {
    "letters.change_untold_title": { en: "{who} could not be told: {change}", zh: "无法通知 {who}：{change}" },
    "letters.change_untold": {
      en: "A change to this account was asked for, and no letter about it could be delivered. It waits until {due, date, medium} UTC: until then whoever runs the portal can stop it, and from then on it is done unless somebody did. Ask them by a way that you trust whether it is their wish.",
      zh: "有人对此账户提出了一项更改，但相关邮件均无法送达。该更改等待至 {due, date, medium} UTC：在此之前门户的运维人员可以取消，此后如未被取消则已生效。请通过可信的方式询问是否为本人意愿。",
    },
    "letters.change_untold_short": {
      en: "{brand}: a change to the account of {who} was asked for, and they could not be told. A mail says more.",
      zh: "{brand}：有人对 {who} 的账户提出了更改，且无法通知本人。详情请见邮件。",
    },
    "letters.untold_person_label": { en: "Account", zh: "账户" },
  },
  text: (facts, desk) => {
    const { own, brand, language } = desk;
    const { who } = facts;
    const due = later(new Date(facts.at), hours(facts.hours));
    const change = changeName(facts.change, language);
    return {
      subject: own("letters.change_untold_title", { who, change }),
      pieces: [
        sentence(own("letters.change_untold", { due })),
        circumstances(facts, desk, [{ label: own("letters.untold_person_label"), value: who }]),
      ],
      short: own("letters.change_untold_short", { brand, who }),
    };
  },
});
