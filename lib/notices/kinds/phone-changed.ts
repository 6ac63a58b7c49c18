import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** The number to log in with, masked; empty: there is none any more. */
export const phoneChanged = notice({
  kind: "phone.changed",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, phone: z.string() }),
  sample: { ...sampleWhat, phone: "+44 ••• 123", agent: "npm run portal" },
  words: {
    "letters.phone_changed_title": {
      en: "Your phone number for logging in was changed",
      zh: "您用于登录的手机号已更改",
    },
    "letters.phone_changed": {
      en: "The phone number that you can type instead of your email when you log in was changed. Your password and your second factors are as they were.",
      zh: "您登录时可代替邮箱输入的手机号已更改。您的密码和第二重验证方式没有变化。",
    },
    "letters.phone_changed_warning": {
      en: "If you did not expect this, ask whoever runs {brand}.",
      zh: "如果您对此不知情，请联系 {brand} 的管理员。",
    },
    "letters.phone_changed_short": {
      en: "{brand}: your phone number for logging in was changed. If you did not expect this, ask an administrator.",
      zh: "{brand}：您用于登录的手机号已更改。如果您对此不知情，请联系管理员。",
    },
    "letters.phone_label": { en: "Number", zh: "手机号" },
    "letters.no_phone_name": { en: "none", zh: "无" },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    const number = { label: own("letters.phone_label"), value: facts.phone || own("letters.no_phone_name") };
    return {
      subject: own("letters.phone_changed_title"),
      pieces: [
        sentence(own("letters.phone_changed")),
        circumstances(facts, desk, [number]),
        sentence(own("letters.phone_changed_warning", { brand })),
        lookButton(desk),
      ],
      short: own("letters.phone_changed_short", { brand }),
    };
  },
});
