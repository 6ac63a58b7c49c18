import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { sayFrom } from "@/lib/messages/say";
import type { Language } from "@/lib/messages/words-shape";
import { deviceNew } from "@/lib/notices/kinds/device-new";
import { factorClosed } from "@/lib/notices/kinds/factor-closed";
import { passwordWaits } from "@/lib/notices/kinds/password-waits";
import { secondStepWrong } from "@/lib/notices/kinds/second-step-wrong";
import { notice, sampleLink, sampleWhat, what } from "@/lib/notices/notice";
import { wayOut } from "@/lib/notices/way-out";

/** The subjects of what comes so often that it is gathered. */
const gathered = {
  "device.new": (language: Language) => sayFrom(deviceNew.words, language)("letters.device_new_title"),
  "second_step.wrong": (language: Language) =>
    sayFrom(secondStepWrong.words, language)("letters.second_step_wrong_title"),
  "password.waits": (language: Language) => sayFrom(passwordWaits.words, language)("letters.password_waits_title"),
  "factor.closed": (language: Language) => sayFrom(factorClosed.words, language)("letters.factor_closed_title"),
} as const;

const isGathered = (about: string): about is keyof typeof gathered => Object.hasOwn(gathered, about);

/** What came again after the first notice `about` it: one notice for all of a kind, counted up each time; its `repeats` says how often besides. */
export const digest = notice({
  kind: "digest",
  reaches: { to: "account", link: null },
  shape: z.strictObject({ ...what, link: z.string(), about: z.string() }),
  sample: { ...sampleWhat, link: sampleLink, about: "second_step.wrong" },
  words: {
    "letters.digest_title": { en: "It happened again: {what}", zh: "再次发生：{what}" },
    "letters.something_title": { en: "Something about your account", zh: "与您的账户有关的事" },
    "letters.digest": {
      en: "We wrote to you about this already. Since then it happened {count, plural, one {once more} other {# more times}}; this is about the first of them. So that your mailbox does not fill up, we write about it at most twice an hour.",
      zh: "我们已就此给您发过邮件。此后又发生了 {count} 次，本邮件说明的是其中第一次。为避免占满您的邮箱，此类邮件每小时最多发送两封。",
    },
    "letters.digest_short": {
      en: "{brand}: something that we wrote to you about happened again. Log in and look at your account.",
      zh: "{brand}：我们告知过您的情况再次发生。请登录查看您的账户。",
    },
  },
  text: (facts, desk) => {
    const { own, brand, repeats, language } = desk;
    const { about, link } = facts;
    const what = isGathered(about) ? gathered[about](language) : own("letters.something_title");
    return {
      subject: own("letters.digest_title", { what }),
      pieces: [
        sentence(own("letters.digest", { count: repeats + 1 })),
        circumstances(facts, desk),
        ...wayOut(link, desk),
      ],
      short: own("letters.digest_short", { brand }),
    };
  },
});
