import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** A passkey counts its answers, and this one said a number that had been said before: there may be two of it. */
export const passkeyCounterBehind = notice({
  kind: "passkey.counter_behind",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, label: z.string() }),
  sample: { ...sampleWhat, label: "Blue key" },
  words: {
    "letters.passkey_behind_title": {
      en: "A passkey of yours may have been copied",
      zh: "您的一个通行密钥可能已被复制",
    },
    "letters.passkey_behind": {
      en: "“{label}” was used, and its counter stood no further than at its last use. That happens when two copies of it are used.",
      zh: "“{label}”刚刚被使用，但其计数器未超过上次使用时的数值。存在两份副本时会出现这种情况。",
    },
    "letters.passkey_behind_next": {
      en: "If you do not know why, log in, remove this passkey and add a new one.",
      zh: "如果您不清楚原因，请登录后移除此通行密钥，并添加新的通行密钥。",
    },
    "letters.passkey_behind_short": {
      en: "{brand}: a passkey of yours may have been copied. If you do not know why, remove it.",
      zh: "{brand}：您的一个通行密钥可能已被复制。如不清楚原因，请将其移除。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.passkey_behind_title"),
      pieces: [
        sentence(own("letters.passkey_behind", { label: facts.label })),
        circumstances(facts, desk),
        sentence(own("letters.passkey_behind_next")),
        lookButton(desk),
      ],
      short: own("letters.passkey_behind_short", { brand }),
    };
  },
});
