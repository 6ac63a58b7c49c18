import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { notice, sampleWhat, what } from "@/lib/notices/notice";

/** `who` has locked their account: the way back leads over the administrators. */
export const personLocked = notice({
  kind: "person.locked",
  reaches: { to: "administrators" },
  shape: z.strictObject({ ...what, who: z.string() }),
  sample: { ...sampleWhat, who: "grace@example.test" },
  words: {
    "letters.person_locked_title": { en: "{who} locked their account", zh: "{who} 锁定了自己的账户" },
    "letters.person_locked": {
      en: "They, or somebody at a computer where they were logged in, pressed “Lock my account”. Their password opens nothing any more and they are logged out everywhere. When they ask you for a link, make sure by a way that you trust that it is them.",
      zh: "此人，或在其已登录的电脑上的某人，点击了“锁定我的账户”。其密码已失效，所有登录均已退出。当其向您索要链接时，请先通过可信的方式确认是其本人。",
    },
    "letters.person_locked_short": {
      en: "{brand}: {who} locked their account. Their password opens nothing any more.",
      zh: "{brand}：{who} 锁定了自己的账户，其密码已失效。",
    },
    "letters.locked_person_label": { en: "Account", zh: "账户" },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    const { who } = facts;
    const person = { label: own("letters.locked_person_label"), value: who };
    return {
      subject: own("letters.person_locked_title", { who }),
      pieces: [sentence(own("letters.person_locked")), circumstances(facts, desk, [person])],
      short: own("letters.person_locked_short", { brand, who }),
    };
  },
});
