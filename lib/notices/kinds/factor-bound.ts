import * as z from "zod";
import { circumstances, lookButton, sentence } from "@/lib/letters/draft";
import { factorName, namesOf } from "@/lib/notices/factor-names";
import { everyAddress, notice, sampleFactor, sampleWhat, what } from "@/lib/notices/notice";

/** A factor was bound. `factor` is the kind's word ("totp"), `label` the person's own name for it; `codes`: how many recovery codes were made with it, in the same moment; none: it had them already. `replaces`: the name of the factor whose place it took. */
export const factorBound = notice({
  kind: "factor.bound",
  reaches: everyAddress,
  shape: z.strictObject({
    ...what,
    factor: z.string(),
    label: z.string(),
    codes: z.number().optional(),
    replaces: z.string().optional(),
  }),
  sample: {
    ...sampleWhat,
    factor: sampleFactor,
    label: "Grace’s telephone",
    codes: 10,
    replaces: "Grace’s old telephone",
  },
  words: {
    "letters.factor_bound_title": { en: "A factor was added to your account", zh: "您的账户添加了验证方式" },
    "letters.factor_bound": {
      en: "From now on it is a second step when you log in. Other sessions of your account have ended.",
      zh: "从现在起，它将作为您登录时的第二步验证。您账户的其他登录均已退出。",
    },
    "letters.factor_bound_replaces": {
      en: "It takes the place of “{label}”, which opens nothing any more.",
      zh: "它取代了“{label}”，后者不能再用于登录。",
    },
    "letters.factor_bound_codes": {
      en: "With it {count, plural, one {a recovery code was} other {# recovery codes were}} made. Keep them apart from the device that they stand in for.",
      zh: "同时生成了 {count} 个恢复代码。请勿与用于第二步验证的设备放在一起。",
    },
    "letters.factor_bound_short": {
      en: "{brand}: a second factor was added to your account ({factor}). Not you? Log in and change your password at once.",
      zh: "{brand}：您的账户添加了验证方式（{factor}）。非本人操作请立即登录并更改密码。",
    },
  },
  text: (facts, desk) => {
    const { own, say, brand } = desk;
    return {
      subject: own("letters.factor_bound_title"),
      pieces: [
        sentence(own("letters.factor_bound")),
        ...(facts.replaces === undefined
          ? []
          : [sentence(own("letters.factor_bound_replaces", { label: facts.replaces }))]),
        ...(facts.codes === undefined ? [] : [sentence(own("letters.factor_bound_codes", { count: facts.codes }))]),
        circumstances(facts, desk, namesOf(facts, desk)),
        sentence(say("letters.not_you", { brand })),
        lookButton(desk),
      ],
      short: own("letters.factor_bound_short", { brand, factor: factorName(facts.factor, desk) }),
    };
  },
});
