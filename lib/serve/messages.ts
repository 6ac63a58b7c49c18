import type { Words } from "@/lib/messages/words-shape";

/** The same errors as a program reads them, which has no page to go back to. */
export const errorAnswerMessages = {
  "error_answer.status_400": {
    en: "The request cannot be read: check its path, headers and body.",
    zh: "无法解析请求：请检查其路径、标头和正文。",
  },
  "error_answer.status_403": {
    en: "This is refused from here. Nothing has changed.",
    zh: "该请求被拒绝。没有任何内容被更改。",
  },
  "error_answer.status_404": { en: "There is nothing at this address.", zh: "此地址不存在。" },
  "error_answer.old_service": {
    en: "This portal does not serve this address of the old service: docs/move-from-authing.md, which comes with it, says what it serves instead.",
    zh: "此门户不提供旧服务的这个地址：随门户附带的迁移说明 docs/move-from-authing.md 列出了可用的接口。",
  },
  "error_answer.status_405": { en: "This address takes another method.", zh: "此地址不支持该请求方法。" },
  "error_answer.status_409": {
    en: "The portal has been updated since. Read its description again.",
    zh: "门户已更新。请重新查看其接口说明。",
  },
  "error_answer.status_413": {
    en: "The body is too large: send at most 64 kB.",
    zh: "请求正文过大：最多 64 kB。",
  },
  "error_answer.status_414": { en: "The address is too long.", zh: "请求地址过长。" },
  "error_answer.status_415": { en: "Send JSON, as application/json.", zh: "请以 application/json 发送 JSON。" },
  "error_answer.status_421": {
    en: "This portal answers under another name: check the host that you call.",
    zh: "此门户使用的是另一个地址：请核对所调用的主机名。",
  },
  "error_answer.status_429": {
    en: "There were too many calls. Wait, then call again.",
    zh: "调用次数过多。请稍后再试。",
  },
  "error_answer.status_431": { en: "The headers are too large.", zh: "请求标头过大。" },
  "error_answer.status_500": {
    en: "Something went wrong on our side. Call again.",
    zh: "我们这边出了点问题。请再试一次。",
  },
  "error_answer.status_503": {
    en: "The portal cannot answer right now. Call again in a moment.",
    zh: "门户暂时无法处理。请稍后再试。",
  },
} as const satisfies Words;

/** Said by the pages that stand in for a page that could not be shown. Small words, no blame, what to do next. */
export const errorPageMessages = {
  "error_page.status_400_title": { en: "That request was not understood", zh: "无法理解这个请求" },
  "error_page.status_400": {
    en: "Something in it got lost on the way. Go back, reload the page and try again.",
    zh: "请求在途中出了差错。请返回并刷新页面，然后再试一次。",
  },
  "error_page.status_403_title": { en: "This form cannot be accepted from here", zh: "无法接受此表单" },
  "error_page.status_403": {
    en: "It seems to come from another site or an old window. Nothing has changed. Open the page again and fill it in there.",
    zh: "它似乎来自其他网站或已过时的窗口。没有任何内容被更改。请重新打开页面，然后填写。",
  },
  "error_page.status_404_title": { en: "There is no page here", zh: "找不到此页面" },
  "error_page.status_404": {
    en: "The link may be old or mistyped. Begin again from the start page.",
    zh: "链接可能已过期或输入有误。请从首页重新开始。",
  },
  "error_page.status_405_title": { en: "That cannot be done here", zh: "这里不支持此操作" },
  "error_page.status_405": {
    en: "This address does not take that kind of request. Open it in the usual way.",
    zh: "此地址不接受这种请求。请像平常一样打开它。",
  },
  "error_page.status_409_title": { en: "This page is out of date", zh: "此页面已过时" },
  "error_page.status_409": {
    en: "The portal has been updated since you opened it. Nothing has changed for you. Open the page again and send the form from there.",
    zh: "您打开此页面之后，门户已经更新。您的数据没有任何变化。请重新打开页面，再次提交表单。",
  },
  "error_page.status_413_title": { en: "That is too much at once", zh: "一次发送的内容过多" },
  "error_page.status_413": {
    en: "What was sent is larger than any form of ours. Go back, shorten it and send it again.",
    zh: "发送的内容超出了表单允许的大小。请返回，缩短内容后重新发送。",
  },
  "error_page.status_414_title": { en: "That address is too long", zh: "地址过长" },
  "error_page.status_414": {
    en: "The link is longer than any of ours. Begin again from the start page.",
    zh: "这个链接比我们的任何链接都长。请从首页重新开始。",
  },
  "error_page.status_415_title": { en: "That kind of content is not accepted", zh: "不接受这种类型的内容" },
  "error_page.status_415": {
    en: "This address takes forms only. Open the page again and send it from there.",
    zh: "此地址只接受表单。请重新打开页面，然后提交。",
  },
  "error_page.status_421_title": { en: "You have reached the wrong address", zh: "您访问的地址不正确" },
  "error_page.status_421": {
    en: "This portal answers under another name. Check the address that you were given.",
    zh: "此门户使用的是另一个地址。请核对您收到的地址。",
  },
  "error_page.status_429_title": { en: "Too many tries for now", zh: "尝试次数过多" },
  "error_page.status_429": { en: "Wait a little and try again.", zh: "请稍后再试。" },
  "error_page.status_431_title": { en: "Your browser sent too much", zh: "浏览器发送的内容过多" },
  "error_page.status_431": {
    en: "Its cookies for this site are too large. Clear them and try again.",
    zh: "此网站的 Cookie 过大。请清除后再试一次。",
  },
  "error_page.status_500_title": { en: "Something went wrong on our side", zh: "我们这边出了点问题" },
  "error_page.status_500": {
    en: "It is not your fault. Try again; if it happens again, tell the support the reference below.",
    zh: "这不是您的问题。请再试一次；如果再次发生，请将下面的编号告诉技术支持。",
  },
  "error_page.status_500_alone": {
    en: "It is not your fault. Try again; if it happens again, tell the support the reference {reference}.",
    zh: "这不是您的问题。请再试一次；如果再次发生，请将编号 {reference} 告诉技术支持。",
  },
  "error_page.status_503_title": { en: "We cannot answer right now", zh: "暂时无法处理" },
  "error_page.status_503": {
    en: "Nothing was changed and nothing was lost. Wait a moment and try again.",
    zh: "没有任何内容被更改或丢失。请稍后再试一次。",
  },
  "error_page.again_link": { en: "Try again", zh: "再试一次" },
  "error_page.home_link": { en: "Go to the start page", zh: "回到首页" },
  "error_page.support_link": { en: "Ask for help", zh: "获取帮助" },
  "error_page.reference_label": { en: "Reference", zh: "编号" },
} as const satisfies Words;
