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
      en: "After you logged in with your password, your browser made the passkey “{label}” and keeps it beside the password. It is a second step from now on; everything else is as before.",
      zh: "您用密码登录后，浏览器创建了通行密钥“{label}”，并与密码保存在一起。从现在起它可作为第二步验证，其他一切不变。",
    },
    "letters.passkey_unasked_next": {
      en: "If you do not want it, remove it on the security page. If that login was not you, change your password at once.",
      zh: "如不需要，请在安全页面将其移除。如果那次登录并非您本人，请立即更改密码。",
    },
    "letters.passkey_unasked_short": {
      en: "{brand}: your browser made a passkey for you after a login. Do not want it? Remove it on the security page.",
      zh: "{brand}：登录后，您的浏览器为您创建了通行密钥。如不需要，请在安全页面将其移除。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.passkey_unasked_title"),
      pieces: [
        sentence(own("letters.passkey_unasked", { label: facts.label })),
        circumstances(facts, desk),
        sentence(own("letters.passkey_unasked_next")),
        lookButton(desk),
      ],
      short: own("letters.passkey_unasked_short", { brand }),
    };
  },
});
