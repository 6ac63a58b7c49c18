import type { Words } from "@/lib/messages/words-shape";

/** Said by the error pages, which render in the browser: a leaf of its own, so that no other words travel with it. */
export const faultMessages = {
  "fault.title": { en: "Something went wrong", zh: "出了点问题" },
  "fault.happened": {
    en: "The fault is ours. Please try again in a moment.",
    zh: "这是我们的问题。请稍后再试一次。",
  },
  "fault.offline": {
    en: "No connection. What you typed is still here: try again.",
    zh: "没有网络连接。您输入的内容还在，请再试一次。",
  },
  "fault.silent": {
    en: "The portal did not answer; it may be restarting. What you typed is still here: try again in a moment.",
    zh: "门户没有响应，可能正在重新启动。您输入的内容还在，请稍后再试一次。",
  },
  "fault.outdated": {
    en: "The portal was updated after this page was opened, so this form cannot be taken any more. Nothing was done. Load the page again, then send it.",
    zh: "您打开此页面后，门户已经更新，无法再接受此表单。没有执行任何操作。请重新加载页面，然后再次提交。",
  },
  "fault.reload_link": { en: "Load the page again", zh: "重新加载页面" },
  "fault.offline_title": { en: "No connection", zh: "没有网络连接" },
  "fault.offline_next": { en: "Check your network, then try again.", zh: "请检查网络，然后再试一次。" },
  "fault.outdated_title": { en: "This page is out of date", zh: "此页面已过时" },
  "fault.outdated_next": {
    en: "The portal was updated after you opened it, and nothing was done. Load the page again, then go on from there.",
    zh: "您打开此页面后，门户已经更新。没有执行任何操作。请重新加载页面，然后继续。",
  },
  "fault.silent_title": { en: "The portal did not answer", zh: "门户没有响应" },
  "fault.silent_next": {
    en: "It may be restarting. Please try again in a moment.",
    zh: "可能正在重新启动。请稍后再试一次。",
  },
  "fault.reference_label": { en: "Reference", zh: "编号" },
  "fault.again_button": { en: "Try again", zh: "再试一次" },
  "fault.home_link": { en: "Start page", zh: "首页" },
} as const satisfies Words;
