import type { Words } from "@/lib/messages/words-shape";

/** The developers' mailbox. */
export const mailboxMessages = {
  "mailbox.page_title": { en: "Mailbox", zh: "信箱" },
  "mailbox.intro": {
    en: "Mail and text messages that would have left, the newest on top. Only on this machine, and only for developers.",
    zh: "本应发出的邮件和短信，最新的在最上面。仅限本机，仅供开发者使用。",
  },
  "mailbox.empty_title": { en: "No letters yet", zh: "还没有邮件或短信" },
  "mailbox.empty": {
    en: "Ask for a code or change something in an account, then look here again.",
    zh: "请获取一个验证码，或更改账户中的某项内容，然后再来查看。",
  },
  "mailbox.mail_label": { en: "Mail", zh: "邮件" },
  "mailbox.sms_label": { en: "Text message", zh: "短信" },
  "mailbox.to_label": { en: "To {to}", zh: "收件人：{to}" },
  "mailbox.code_link": { en: "Code {code}", zh: "验证码 {code}" },
  "mailbox.back_link": { en: "All letters", zh: "返回信箱" },
  "mailbox.text_title": { en: "As text", zh: "文本" },
  "mailbox.html_link": { en: "Show it as HTML", zh: "以 HTML 显示" },
} as const satisfies Words;
