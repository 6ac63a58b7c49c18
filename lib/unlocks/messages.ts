import type { Words } from "@/lib/messages/words-shape";

/** The words of the way past strangers who guess. */
export const unlockMessages = {
  "unlock.ask_link": { en: "Log in without waiting, by email", zh: "通过邮件跳过等待登录" },
  "unlock.ask_title": { en: "Log in without waiting", zh: "无需等待即可登录" },
  "unlock.ask_intro": {
    en: "Somebody may be guessing at your password, and that makes you wait. We send a letter to the email address of the account; with it this browser may try at once.",
    zh: "可能有人在猜测您的密码，因此您需要等待。我们会向账户的邮箱发送一封邮件，凭此邮件可以在此浏览器中立即尝试。",
  },
  "unlock.ask_button": { en: "Send the letter", zh: "发送邮件" },
  "unlock.no_letters": {
    en: "This portal sends no email, so no letter leads past the wait.",
    zh: "此门户不发送邮件，因此无法通过邮件跳过等待。",
  },
  "unlock.no_letters_else": {
    en: "Wait as long as the login page says and try again, or log in from a browser where you have been logged in before: strangers do not keep that one waiting. If the wait never ends, ask whoever runs this portal.",
    zh: "请按登录页提示的时间等待后重试，或使用您曾经登录过的浏览器：它不受他人尝试的影响。如果一直需要等待，请联系此门户的管理员。",
  },
  "unlock.code_title": { en: "Look into your mailbox", zh: "请查看您的邮箱" },
  "unlock.code_intro": {
    en: "If somebody has that name here, a letter is on its way. Type its code here, or press its button in the browser where you want to log in. Both work for ten minutes.",
    zh: "如果该登录名存在，邮件已经发出。请在此输入邮件中的验证码，或在您要登录的浏览器中点击邮件中的按钮。十分钟内有效。",
  },
  "unlock.code_label": { en: "Code from the letter", zh: "邮件中的验证码" },
  "unlock.code_button": { en: "Go on", zh: "继续" },
  "unlock.malformed": { en: "Type the eight digits of the letter.", zh: "请输入邮件中的八位数字。" },
  "unlock.wrong_code": {
    en: "That code is not right, or its time is over. Check the last letter, or ask for a new one.",
    zh: "验证码不正确或已过期。请查看最近一封邮件，或重新申请。",
  },
  "unlock.not_asked_title": { en: "No letter is awaited here", zh: "此浏览器没有等待中的邮件" },
  "unlock.not_asked": {
    en: "A code counts only in the browser that asked for its letter. Press the button in the letter instead, in the browser where you want to log in, or ask for a new letter from here.",
    zh: "验证码只能在申请邮件的浏览器中使用。请在您要登录的浏览器中点击邮件中的按钮，或在此重新申请邮件。",
  },
  "unlock.link_title": { en: "Let this browser try", zh: "允许此浏览器尝试" },
  "unlock.link_intro": {
    en: "In this browser you may then try your password at once, ten times within ten minutes. It does not log you in.",
    zh: "之后您可以在此浏览器中立即尝试密码，十分钟内最多十次。这不会直接让您登录。",
  },
  "unlock.link_button": { en: "Let this browser try", zh: "允许此浏览器尝试" },
  "unlock.over_title": { en: "This link does not open", zh: "此链接无法打开" },
  "unlock.over": {
    en: "This link was used, or it is older than ten minutes. Ask for another letter.",
    zh: "此链接已使用，或已超过十分钟。请重新申请邮件。",
  },
  "unlock.done": {
    en: "In this browser you may try now without waiting. Log in with your password.",
    zh: "您现在可以在此浏览器中无需等待地登录。请输入您的密码。",
  },
} as const satisfies Words;
