import type { Words } from "@/lib/messages/words-shape";

export const challengeMessages = {
  "challenge.malformed": {
    en: "Something in this form is not as expected. Please check it and try again.",
    zh: "表单内容有误。请检查后重试。",
  },
  "challenge.expired": {
    en: "This step has ended, because it took too long or was tried too often. Please start again.",
    zh: "此步骤已结束，原因是用时过长或尝试次数过多。请重新开始。",
  },
} as const satisfies Words;
