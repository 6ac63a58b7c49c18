import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { notice, sampleWhat, what } from "@/lib/notices/notice";

/** To administrators: somebody's login e-mail was changed and taken back, so one of two people is not its owner. */
export const accountReverted = notice({
  kind: "account.reverted",
  reaches: { to: "administrators" },
  shape: z.strictObject({ ...what, who: z.string() }),
  sample: { ...sampleWhat, who: "grace@example.test" },
  words: {
    "letters.account_reverted_title": {
      en: "{who}: a change of the login email was taken back",
      zh: "{who}：登录邮箱的更改已撤销",
    },
    "letters.account_reverted": {
      en: "Their login email was changed in a session, and then taken back by the letter in the old mailbox: one of the two was not the owner. Their password opens nothing any more and they are logged out everywhere. Talk to them by a way that you trust.",
      zh: "此账户的登录邮箱曾在登录后被更改，随后通过旧邮箱中的邮件被撤销：其中一方不是账户本人。其密码已失效，所有登录均已退出。请通过可信的方式与其联系。",
    },
    "letters.account_reverted_short": {
      en: "{brand}: {who} had the login email changed and taken back. Their password opens nothing any more. Talk to them.",
      zh: "{brand}：{who} 的登录邮箱更改已撤销，其密码已失效。请与其联系。",
    },
    "letters.reverted_person_label": { en: "Account", zh: "账户" },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    const { who } = facts;
    return {
      subject: own("letters.account_reverted_title", { who }),
      pieces: [
        sentence(own("letters.account_reverted")),
        circumstances(facts, desk, [{ label: own("letters.reverted_person_label"), value: who }]),
      ],
      short: own("letters.account_reverted_short", { brand, who }),
    };
  },
});
