import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyMailbox, notice, sampleWhat, what } from "@/lib/notices/notice";

/** The user name to log in with; empty: there is none any more. */
export const usernameChanged = notice({
  kind: "username.changed",
  reaches: everyMailbox,
  shape: z.strictObject({ ...what, username: z.string() }),
  sample: { ...sampleWhat, username: "grace" },
  words: {
    "letters.username_changed_title": { en: "Your username was changed", zh: "您的用户名已更改" },
    "letters.username_changed": {
      en: "It is what you can type instead of your email when you log in. Your email, your password and your second factors are as they were.",
      zh: "登录时可用它代替邮箱。您的邮箱、密码和第二重验证方式没有变化。",
    },
    "letters.username_changed_short": {
      en: "{brand}: your username was changed. Not you? Change your password.",
      zh: "{brand}：您的用户名已更改。若非本人，请更改密码。",
    },
    "letters.username_label": { en: "Username", zh: "用户名" },
    "letters.no_username_name": { en: "none", zh: "无" },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    const name = { label: own("letters.username_label"), value: facts.username || own("letters.no_username_name") };
    return {
      subject: own("letters.username_changed_title"),
      pieces: [
        sentence(own("letters.username_changed")),
        circumstances(facts, desk, [name]),
        sentence(say("letters.not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.username_changed_short", { brand }),
    };
  },
});
