import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { changeName } from "@/lib/notices/change-name";
import { everyMailbox, notice, sampleWhat, what } from "@/lib/notices/notice";

/** A change that waited was stopped: nothing has changed, so nobody is woken by a text message. */
export const changeStopped = notice({
  kind: "change.stopped",
  reaches: everyMailbox,
  shape: z.strictObject({ ...what, change: z.string() }),
  sample: { ...sampleWhat, change: "account.delete" },
  words: {
    "letters.change_stopped_title": {
      en: "A change to your account was stopped: {change}",
      zh: "您账户的一项更改已取消：{change}",
    },
    "letters.change_stopped": {
      en: "It waited, and will not be done. Your account is as it was. If you want it after all, log in and ask for it again.",
      zh: "该更改此前在等待，现已不会生效。您的账户没有变化。如果您仍然需要，请登录后重新提出。",
    },
    "letters.change_stopped_short": {
      en: "{brand}: stopped and not done: {change}. Your account is as it was.",
      zh: "{brand}：已取消，未生效：{change}。您的账户没有变化。",
    },
  },
  text: (facts, desk) => {
    const { own, brand, language } = desk;
    const change = changeName(facts.change, language);
    return {
      subject: own("letters.change_stopped_title", { change }),
      pieces: [sentence(own("letters.change_stopped")), circumstances(facts, desk), lookButton(desk)],
      short: own("letters.change_stopped_short", { brand, change }),
    };
  },
});
