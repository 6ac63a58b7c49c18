import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { everyAddress, notice, sampleWhat, what } from "@/lib/notices/notice";

/** A browser made a passkey after a login with the password; nobody was asked, and nothing ended. */
export const passkeyMadeUnasked = notice({
  kind: "passkey.made_unasked",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, label: z.string() }),
  sample: { ...sampleWhat, label: "Passkey 2" },
  words: {
    "letters.passkey_unasked_title": { en: "Your browser made a passkey for you", zh: "您的浏览器为您创建了通行密钥" },
    "letters.passkey_unasked": {
      en: "After you logged in with your password, your browser made the passkey “{label}” and keeps it beside the password. Used as the second step of a login it becomes a passkey like any other; until then everything is as before.",
      zh: "您用密码登录后，浏览器创建了通行密钥“{label}”，并与密码保存在一起。用它完成一次登录的第二步验证后，它将与其他通行密钥相同；在此之前一切不变。",
    },
    "letters.passkey_unasked_next": {
      en: "If you do not want it, remove it on the security page.",
      zh: "如不需要，请在安全页面将其移除。",
    },
    "letters.passkey_unasked_short": {
      en: "{brand}: your browser made a passkey for you after a login. Not you? Log in, remove it and change your password at once.",
      zh: "{brand}：登录后，您的浏览器为您创建了通行密钥。非本人操作请立即登录，将其移除并更改密码。",
    },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    return {
      subject: own("letters.passkey_unasked_title"),
      pieces: [
        sentence(own("letters.passkey_unasked", { label: facts.label })),
        circumstances(facts, desk),
        sentence(own("letters.passkey_unasked_next")),
        sentence(say("letters.not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.passkey_unasked_short", { brand }),
    };
  },
});
