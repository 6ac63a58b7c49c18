import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { notice, sampleWhat, what } from "@/lib/notices/notice";

/** Many wrong passwords; logins from strangers wait. */
export const passwordWaits = notice({
  kind: "password.waits",
  reaches: { to: "account", link: null },
  shape: z.strictObject(what),
  sample: sampleWhat,
  words: {
    "letters.password_waits_title": { en: "Many wrong passwords for your account", zh: "有人多次输错您账户的密码" },
    "letters.password_waits": {
      en: "Somebody keeps trying passwords. For a while, browsers on which you never logged in must wait; those that you use are not held up. You need not do anything if your password is long and used nowhere else.",
      zh: "有人一直在尝试您账户的密码。一段时间内，在您从未登录过的浏览器中登录需要等待；您常用的浏览器不受影响。如果您的密码够长且未在别处使用，您无需做任何事。",
    },
    "letters.password_waits_short": {
      en: "{brand}: somebody keeps trying passwords for your account. You need not do anything if yours is long and used nowhere else.",
      zh: "{brand}：有人一直在尝试您账户的密码。如果您的密码够长且未在别处使用，无需处理。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.password_waits_title"),
      pieces: [sentence(own("letters.password_waits")), circumstances(facts, desk), lookButton(desk)],
      short: own("letters.password_waits_short", { brand }),
    };
  },
});
