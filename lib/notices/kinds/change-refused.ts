import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { changeName, refusalWords } from "@/lib/notices/change-name";
import { everyMailbox, notice, sampleWhat, what } from "@/lib/notices/notice";

/** A change that waited is not possible any more: by the rules of the day on which it was due, or because the portal was set back. `why`: the id of the sentence that says so. */
export const changeRefused = notice({
  kind: "change.refused",
  reaches: everyMailbox,
  shape: z.strictObject({ ...what, change: z.string(), why: z.string() }),
  sample: { ...sampleWhat, change: "account.delete", why: "pending.last_administrator" },
  words: {
    "letters.change_refused_title": {
      en: "A change to your account could not be done: {change}",
      zh: "您账户的一项更改无法完成：{change}",
    },
    "letters.change_refused": {
      en: "It is not possible any more, and it will not be tried again.",
      zh: "该更改已无法完成，也不会再次尝试。",
    },
    "letters.change_refused_short": {
      en: "{brand}: could not be done and will not be tried again: {change}.",
      zh: "{brand}：无法完成且不再尝试：{change}。",
    },
  },
  text: (facts, desk) => {
    const { own, brand, language } = desk;
    const change = changeName(facts.change, language);
    return {
      subject: own("letters.change_refused_title", { change }),
      pieces: [
        sentence(own("letters.change_refused")),
        sentence(refusalWords(facts.why, language)),
        circumstances(facts, desk),
        lookButton(desk),
      ],
      short: own("letters.change_refused_short", { brand, change }),
    };
  },
});
