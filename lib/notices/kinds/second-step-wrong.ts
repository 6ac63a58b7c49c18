import * as z from "zod";
import { circumstances, sentence } from "@/lib/letters/draft";
import { notice, sampleLink, sampleWhat, what } from "@/lib/notices/notice";
import { wayOut } from "@/lib/notices/way-out";

/** The right password, and then wrong second-step codes. */
export const secondStepWrong = notice({
  kind: "second_step.wrong",
  reaches: { to: "account", link: "second_step.wrong" },
  shape: z.strictObject({ ...what, link: z.string() }),
  sample: { ...sampleWhat, link: sampleLink },
  words: {
    "letters.second_step_wrong_title": {
      en: "Your password was right, the second step was not",
      zh: "密码正确，但第二步验证失败",
    },
    "letters.second_step_wrong": {
      en: "Somebody typed your right password and then wrong codes, so they did not get in. If it was you who mistyped, all is well. Otherwise somebody knows your password.",
      zh: "有人输入了您的正确密码，随后输入了错误的验证码，因此没有登录成功。如果是您本人输错，则一切正常。否则，说明有人知道您的密码。",
    },
    "letters.second_step_wrong_short": {
      en: "{brand}: somebody typed your right password, then wrong codes. Not you? Log in and change your password at once.",
      zh: "{brand}：有人输入了您的正确密码和错误的验证码。非本人操作请立即登录并更改密码。",
    },
  },
  text: (facts, desk) => {
    const { own, brand } = desk;
    return {
      subject: own("letters.second_step_wrong_title"),
      pieces: [sentence(own("letters.second_step_wrong")), circumstances(facts, desk), ...wayOut(facts.link, desk)],
      short: own("letters.second_step_wrong_short", { brand }),
    };
  },
});
