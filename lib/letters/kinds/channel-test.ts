import * as z from "zod";
import { sentence } from "@/lib/letters/draft";
import { letterKind } from "@/lib/letters/letter-kind";

/** To whoever tries whether letters arrive. */
export const channelTest = letterKind({
  kind: "channel.test",
  shape: z.strictObject({}),
  sample: {},
  words: {
    "letters.channel_test_title": { en: "Test letter from {brand}", zh: "{brand} 的测试邮件" },
    "letters.channel_test": {
      en: "Letters of {brand} arrive here. An administrator sent this one to try the way; there is nothing that you need to do.",
      zh: "{brand} 的邮件可以送达此处。这是管理员发送的测试邮件，您无需做任何事。",
    },
    "letters.channel_test_short": {
      en: "{brand}: messages arrive here. This is a test.",
      zh: "{brand}：消息可以送达此处。这是一次测试。",
    },
  },
  text: (_, { own, brand }) => ({
    subject: own("letters.channel_test_title", { brand }),
    pieces: [sentence(own("letters.channel_test", { brand }))],
    short: own("letters.channel_test_short", { brand }),
  }),
});
