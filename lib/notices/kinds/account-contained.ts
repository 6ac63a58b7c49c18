import * as z from "zod";
import { circumstances, type Piece, sentence } from "@/lib/letters/draft";
import { notice, sampleLink, sampleWhat, what } from "@/lib/notices/notice";

/** `who` pressed "this was not me". An empty `link` is none. */
export const accountContained = notice({
  kind: "account.contained",
  reaches: { to: "administrators" },
  shape: z.strictObject({ ...what, who: z.string(), link: z.string() }),
  sample: { ...sampleWhat, link: sampleLink, who: "grace@example.test" },
  words: {
    "letters.account_contained_title": { en: "{who} says: this was not me", zh: "{who} 表示：这不是我本人" },
    "letters.account_contained": {
      en: "They got a letter about their account and pressed “This was not me”. Their password opens nothing any more and they are logged out everywhere. Talk to them by a way that you trust, and see what happened before that.",
      zh: "此人收到一封关于其账户的邮件，并点击了“这不是我本人”。其密码已失效，所有登录均已退出。请通过可信的方式与其联系，并查明此前发生了什么。",
    },
    "letters.account_contained_short": {
      en: '{brand}: {who} pressed "This was not me". Their password opens nothing any more. Talk to them.',
      zh: "{brand}：{who} 点击了“这不是我本人”。其密码已失效。请与其联系。",
    },
    "letters.person_label": { en: "Account", zh: "账户" },
    "letters.people_button": { en: "See what happened", zh: "查看详情" },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    const { who, link } = facts;
    const person = { label: own("letters.person_label"), value: who };
    const look: Piece[] = link === "" ? [] : [{ kind: "button", label: own("letters.people_button"), href: link }];
    return {
      subject: own("letters.account_contained_title", { who }),
      pieces: [sentence(own("letters.account_contained")), circumstances(facts, desk, [person]), ...look],
      short: own("letters.account_contained_short", { brand, who }),
    };
  },
});
