import type { Words } from "@/lib/messages/words-shape";

export const challengeMessages = {
  "challenge.malformed": {
    en: "Something in this form is not as expected. Please check it and try again.",
    zh: "表单内容有误。请检查后重试。",
  },
  "challenge.one_left": {
    en: "One try is left; after that you have to begin again.",
    zh: "还可以再试一次；之后需要重新开始。",
  },
  "challenge.expired": {
    en: "This step is over. Please start again.",
    zh: "此步骤已结束。请重新开始。",
  },
} as const satisfies Words;
