import type { Words } from "@/lib/messages/words-shape";

export const cryptoMessages = {
  "hash.busy": {
    en: "A lot of people are logging in right now. Please try again in a few seconds.",
    zh: "当前登录的人较多，请过几秒再试。",
  },
} as const satisfies Words;
