import type { Words } from "@/lib/messages/words-shape";

export const recoveryMessages = {
  "recovery.kind_name": { en: "Recovery code", zh: "恢复代码" },
  "recovery.malformed": {
    en: "A recovery code has 16 letters and digits in four groups. One from an app has 28 in seven. Type one of the codes that you saved.",
    zh: "恢复代码由 16 个字母和数字组成，分为四组。从应用得到的代码有 28 个字符，分为七组。请输入您保存的其中一个代码。",
  },
  "recovery.wrong_code": {
    en: "That recovery code is not right, or it has been used already. Try another one from your list.",
    zh: "恢复代码不正确，或者已被使用过。请试试列表中的另一个代码。",
  },
} as const satisfies Words;
