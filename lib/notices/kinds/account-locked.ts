import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** To the person in whose session "Lock my account" was pressed: the password works no more and everybody is logged out. */
export const accountLocked = notice({
  kind: "account.locked",
  reaches: everyAddress,
  shape: z.strictObject(what),
  sample: sampleWhat,
  words: {
    "letters.account_locked_title": { en: "Your account was locked", zh: "您的账户已锁定" },
    "letters.account_locked": {
      en: "Somebody who was logged in to your account pressed “Lock my account”. Your password lets nobody in any more, no browser is known or trusted, and everybody is logged out.",
      zh: "有人在已登录您账户的情况下点击了“锁定我的账户”。凭您的密码无法再登录，不再有已知或受信任的浏览器，所有登录均已退出。",
    },
    "letters.account_locked_next": {
      en: "You get in again with a new password: by “Forgot your password?” on the login page, or by a link from whoever runs {brand}; they were told too. If you did not lock it, say so to them: somebody sat where you were logged in.",
      zh: "设置新密码后您即可重新登录：通过登录页的“忘记密码？”，或向 {brand} 的管理员索要链接；管理员也已收到通知。如果不是您锁定的，请告知管理员：有人使用过您已登录的设备。",
    },
    "letters.account_locked_short": {
      en: "{brand}: your account was locked by somebody who was logged in to it. Choose a new password to get in.",
      zh: "{brand}：已登录您账户的人锁定了该账户。设置新密码后可重新登录。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.account_locked_title"),
      pieces: [
        sentence(own("letters.account_locked")),
        circumstances(facts, desk),
        sentence(own("letters.account_locked_next", { brand })),
      ],
      short: own("letters.account_locked_short", { brand }),
    };
  },
});
