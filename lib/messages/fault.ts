import type { Words } from "@/lib/messages/words-shape";

/** Said by the error pages, which render in the browser: a leaf of its own, so that no other words travel with it. */
export const faultMessages = {
  "fault.title": { en: "Something went wrong", zh: "出了点问题" },
  "fault.happened": {
    en: "The fault is ours. Please try again in a moment.",
    zh: "这是我们的问题。请稍后再试一次。",
  },
  "fault.reference_label": { en: "Reference", zh: "编号" },
  "fault.again_button": { en: "Try again", zh: "再试一次" },
  "fault.home_link": { en: "Start page", zh: "首页" },
} as const satisfies Words;
