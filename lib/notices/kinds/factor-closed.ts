import * as z from "zod";
import { closings, whose } from "@/lib/audit/whose";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { factorName } from "@/lib/notices/factor-names";
import { everyAddress, notice, sampleFactor, sampleWhat, what } from "@/lib/notices/notice";
import { firstDoor } from "@/lib/policy/traits";

/** A factor or the password takes nothing any more. A letter of a password that was written before it had two caps does not say to whom. */
export const factorClosed = notice({
  kind: "factor.closed",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, factor: z.string(), [whose]: z.enum(closings).optional() }),
  sample: { ...sampleWhat, factor: sampleFactor },
  words: {
    "letters.factor_closed_title": {
      en: "A factor was closed after too many wrong codes",
      zh: "验证方式因错误次数过多已停用",
    },
    "letters.factor_closed": {
      en: "Too many wrong codes were typed for it, so it is accepted no longer. Log in with a recovery code or another factor and set it up again. If it was not you who typed those codes, somebody may be in your account or know your password: change it.",
      zh: "由于错误次数过多，此验证方式已停用。请使用恢复代码或其他验证方式登录，然后重新设置。如果这些验证码不是您本人输入的，可能有人已进入您的账户或知道您的密码，请更改密码。",
    },
    "letters.factor_closed_short": {
      en: "{brand}: a second factor was closed after too many wrong codes ({factor}). Log in another way and change your password.",
      zh: "{brand}：验证方式（{factor}）因错误次数过多已停用。请用其他方式登录并更改密码。",
    },
    "letters.password_closed_title": {
      en: "Your password was closed after too many wrong tries",
      zh: "您的密码因错误次数过多已停用",
    },
    "letters.password_closed_to_strangers": {
      en: "Somebody typed too many wrong passwords for your account. In a browser where you have logged in lately your password still works, and logging in there opens it again everywhere. Until then it is refused in every other browser, even when it is typed right.",
      zh: "有人为您的账户输入了过多错误密码。在您近期登录过的浏览器中，密码仍然有效；在其中登录一次，即可在所有地方恢复。在此之前，在其他浏览器中即使密码正确也无法登录。",
    },
    "letters.password_closed": {
      en: "Too many wrong passwords were typed for your account, in browsers that you use too. Your password is now refused everywhere, even when it is typed right. Where you are still logged in, you can go on.",
      zh: "有人为您的账户输入了过多错误密码，包括在您使用的浏览器中。现在，即使密码正确，在任何地方都无法登录。已经登录的地方不受影响。",
    },
    "letters.password_closed_way": {
      en: "If you cannot get in that way, choose “Forgot your password?” on the login page: a new password opens your account again. Whoever runs {brand} can help too.",
      zh: "如果仍无法登录，请在登录页选择“忘记密码？”：设置新密码后即可重新登录。{brand} 的管理员也可以提供帮助。",
    },
    "letters.password_closed_to_strangers_short": {
      en: "{brand}: after too many wrong tries your password works only where you logged in lately. Logging in there opens it again.",
      zh: "{brand}：由于错误次数过多，您的密码目前只在近期登录过的浏览器中有效。在那里登录即可恢复。",
    },
    "letters.password_closed_short": {
      en: "{brand}: your password was closed after too many wrong tries. Choose a new one on its login page.",
      zh: "{brand}：您的密码因错误次数过多已停用。请在登录页设置新密码。",
    },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    if (facts.factor === firstDoor) {
      // The password has caps of its own; nobody knew it who reached them.
      const isToStrangers = facts[whose] === closings.strangers;
      const happened = isToStrangers ? "letters.password_closed_to_strangers" : "letters.password_closed";
      const short = isToStrangers ? "letters.password_closed_to_strangers_short" : "letters.password_closed_short";
      // Where the way leads for somebody who has no known device at hand.
      const way = own("letters.password_closed_way", { brand });
      return {
        subject: own("letters.password_closed_title"),
        pieces: [sentence(own(happened)), sentence(way), circumstances(facts, desk)],
        short: own(short, { brand }),
      };
    }
    const factor = factorName(facts.factor, desk);
    return {
      subject: own("letters.factor_closed_title"),
      pieces: [
        sentence(own("letters.factor_closed")),
        circumstances(facts, desk, [{ label: say("letters.factor_label"), value: factor }]),
        lookButton(desk),
      ],
      short: own("letters.factor_closed_short", { brand, factor }),
    };
  },
});
