import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { factorName, namesOf } from "@/lib/notices/factor-names";
import { everyAddress, notice, sampleFactor, sampleWhat, what } from "@/lib/notices/notice";

/** A factor was removed. `factor` is the kind's word ("totp"), `label` the person's own name for it. */
export const factorRemoved = notice({
  kind: "factor.removed",
  reaches: everyAddress,
  shape: z.strictObject({ ...what, factor: z.string(), label: z.string() }),
  sample: { ...sampleWhat, factor: sampleFactor, label: "Grace’s telephone" },
  words: {
    "letters.factor_removed_title": { en: "A factor was removed from your account", zh: "您的账户移除了验证方式" },
    "letters.factor_removed": {
      en: "It is no longer a second step when you log in. Look whether enough still protects your account.",
      zh: "它不再作为您登录时的第二步验证。请查看您的账户是否仍有足够的保护。",
    },
    "letters.factor_removed_short": {
      en: "{brand}: a second factor was removed from your account ({factor}). Not you? Log in and change your password at once.",
      zh: "{brand}：您的账户移除了验证方式（{factor}）。非本人操作请立即登录并更改密码。",
    },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    return {
      subject: own("letters.factor_removed_title"),
      pieces: [
        sentence(own("letters.factor_removed")),
        circumstances(facts, desk, namesOf(facts, desk)),
        sentence(say("letters.not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.factor_removed_short", { brand, factor: factorName(facts.factor, desk) }),
    };
  },
});
