import * as z from "zod";
import { lookButton, sentence } from "@/lib/letters/draft";
import { notice, sampleWhat, what } from "@/lib/notices/notice";
import { addressKinds } from "@/lib/policy/kinds";

/** Somebody proved that they receive here too and bound it to another account. Who added it is not the reader's to know, so neither address nor device is told. */
export const destinationShared = notice({
  kind: "destination.shared",
  reaches: { to: "other owners" },
  shape: z.strictObject({ ...what, destination: z.enum(addressKinds) }),
  sample: { ...sampleWhat, destination: "sms" },
  words: {
    "letters.destination_shared_title": {
      en: "{destination, select, sms {A phone number} other {An email address}} of yours was added to another account",
      zh: "您的{destination, select, sms {手机号码} other {邮箱地址}}被添加到另一个账户",
    },
    "letters.destination_shared": {
      en: "{destination, select, sms {A phone number} other {An email address}} that protects your account at {brand} now also protects another one there: somebody proved that they receive messages at it. Nothing about your account has changed.",
      zh: "保护您 {brand} 账户的{destination, select, sms {手机号码} other {邮箱地址}}现在也用于保护另一个账户：有人证明了自己能收到发往该处的消息。您的账户没有任何变化。",
    },
    "letters.destination_shared_warning": {
      en: "If you share it with nobody, somebody else may be reading your codes. Log in, add another factor and remove this one.",
      zh: "如果您没有与他人共用，可能有人正在读取您的验证码。请登录，添加其他验证方式并移除此方式。",
    },
    "letters.destination_shared_short": {
      en: "{brand}: a number or address of yours was added to another account too. Nothing about yours changed. Not you? Log in and look.",
      zh: "{brand}：您的号码或地址也被添加到另一个账户。您的账户没有变化。非本人操作请登录查看。",
    },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    const { destination } = facts;
    const when = { label: say("letters.when_label"), value: say("letters.moment_label", { at: new Date(facts.at) }) };
    return {
      subject: own("letters.destination_shared_title", { destination }),
      pieces: [
        sentence(own("letters.destination_shared", { destination, brand })),
        { kind: "rows", rows: [when] },
        sentence(own("letters.destination_shared_warning")),
        lookButton(desk),
      ],
      short: own("letters.destination_shared_short", { brand }),
    };
  },
});
