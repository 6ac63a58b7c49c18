import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** The data of an account may be downloaded for a day, by whoever is in and proves who they are. The letter carries none of it. */
export const dataReady = notice({
  kind: "data.ready",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, hours: z.number() }),
  sample: { ...sampleWhat, hours: 24 },
  words: {
    "letters.data_ready_title": { en: "Your data can be downloaded", zh: "您的数据可以下载" },
    "letters.data_ready": {
      en: "For {hours} hours from now on everything that is kept about your account can be downloaded in your account’s pages, after a fresh proof that it is you. Nothing of it is sent by mail.",
      zh: "从现在起 {hours} 小时内，您可以在账户页面下载与您账户有关的全部数据，下载前需再次验证身份。数据不会通过邮件发送。",
    },
    "letters.data_ready_short": {
      en: "{brand}: for {hours} h your data can be downloaded in your account. Not you? Log in and change your password at once.",
      zh: "{brand}：{hours} 小时内可在账户页面下载您的数据。非本人操作请立即登录并更改密码。",
    },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    const { hours } = facts;
    return {
      subject: own("letters.data_ready_title"),
      pieces: [
        sentence(own("letters.data_ready", { hours })),
        circumstances(facts, desk),
        sentence(say("letters.not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.data_ready_short", { brand, hours }),
    };
  },
});
