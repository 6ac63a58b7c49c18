import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** The farewell letter. It outlives the account, so it says itself why somebody gets it. */
export const accountDeleted = notice({
  kind: "account.deleted",
  reaches: everyAddress,
  shape: z.strictObject(what),
  sample: sampleWhat,
  words: {
    "letters.account_deleted_title": { en: "Your account was deleted", zh: "您的账户已删除" },
    "letters.account_deleted": {
      en: "It was asked for a week ago, and nobody stopped it. The account, its second factors and all logins are gone, and cannot be had back.",
      zh: "一周前有人提出删除，期间无人取消。该账户及其第二重验证方式、所有登录均已删除，无法恢复。",
    },
    "letters.account_deleted_next": {
      en: "If you did not want this, tell whoever runs {brand}. Goodbye, and thank you.",
      zh: "如果这不是您的意愿，请联系 {brand} 的管理员。感谢您的使用，再见。",
    },
    "letters.account_deleted_why": {
      en: "You get this letter because this address belonged to an account at {brand} until now. It is the last one.",
      zh: "您收到此邮件，是因为此邮箱此前属于 {brand} 的一个账户。这是最后一封。",
    },
    "letters.account_deleted_short": {
      en: "{brand}: your account was deleted, as was asked a week ago. It cannot be had back.",
      zh: "{brand}：您的账户已按一周前的请求删除，无法恢复。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.account_deleted_title"),
      pieces: [
        sentence(own("letters.account_deleted")),
        circumstances(facts, desk),
        sentence(own("letters.account_deleted_next", { brand })),
      ],
      short: own("letters.account_deleted_short", { brand }),
      why: own("letters.account_deleted_why", { brand }),
    };
  },
});
