import type { Words } from "@/lib/messages/words-shape";

export const registrationMessages = {
  "register.page_title": { en: "Create an account", zh: "注册账户" },
  "register.intro": {
    en: "Type your email. We send a letter there with a link, and behind it you choose your password.",
    zh: "请输入您的邮箱。我们会向该邮箱发送一封带链接的邮件，打开链接即可设置密码。",
  },
  "register.submit_button": { en: "Send me the link", zh: "发送链接" },
  "register.malformed": { en: "Type your email.", zh: "请输入您的邮箱。" },
  "register.closed": {
    en: "Nobody can create an account here by themselves. Ask whoever runs this portal.",
    zh: "此处不开放自行注册。请联系此门户的管理员。",
  },
  "register.login_link": { en: "Log in instead", zh: "改为登录" },
  "register.offer_link": { en: "Create an account", zh: "注册账户" },
  "register.by_invitation": {
    en: "Accounts here are made by invitation: ask whoever runs this portal.",
    zh: "此处的账户需受邀创建：请联系此门户的管理员。",
  },
  "register.sent_title": { en: "Look into your mailbox", zh: "请查看您的邮箱" },
  "register.sent": {
    en: "If a letter can reach that address, one is on its way and tells you how to go on. It may take a few minutes; look among unwanted mail too.",
    zh: "如果该邮箱可以收信，邮件正在发送，信中会告诉您下一步怎么做。送达可能需要几分钟，也请查看垃圾邮件。",
  },
  "register.sent_again": {
    en: "At most three letters go to one address within an hour. If nothing comes, check how you typed it.",
    zh: "同一邮箱一小时内最多发送三封邮件。如果没有收到，请检查邮箱是否输入正确。",
  },
  "register.another_link": { en: "Type another email", zh: "输入其他邮箱" },
  "register.choose_title": { en: "Choose your password", zh: "设置您的密码" },
  "register.choose": {
    en: "This makes the account of {email}. Choose the password that only you will know.",
    zh: "将为 {email} 创建账户。请设置只有您知道的密码。",
  },
  "register.choose_button": { en: "Create the account and log in", zh: "创建账户并登录" },
  "register.over_used": {
    en: "This link was used already: the account exists. Log in with the password that was chosen.",
    zh: "此链接已被使用，账户已创建。请使用当时设置的密码登录。",
  },
  "register.over_expired": {
    en: "The time of this link is over. Ask for a new one with the same email.",
    zh: "此链接已过期。请用同一邮箱重新获取。",
  },
  "register.over_void": {
    en: "This link makes no account: its email has one by now, or the link was not copied whole. Log in, or ask for a new link.",
    zh: "此链接无法创建账户：该邮箱已有账户，或链接未完整复制。请登录，或重新获取链接。",
  },
} as const satisfies Words;
