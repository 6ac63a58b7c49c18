import type { Words } from "@/lib/messages/words-shape";

export const cookieMessages = {
  "cookies.not_kept": {
    en: "Your browser keeps no cookies from this site, so a login would be lost at once. Allow cookies for this site and try again. Nothing was used up, neither a try nor a link.",
    zh: "您的浏览器没有保存本网站的 Cookie，登录状态无法保持。请允许本网站使用 Cookie，然后重试。本次不计入尝试次数，链接也仍然有效。",
  },
} as const satisfies Words;
