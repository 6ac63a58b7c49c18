import type { Words } from "@/lib/messages/words-shape";

export const setupMessages = {
  "setup.malformed": { en: "Fill in your email and a password.", zh: "请填写邮箱和密码。" },
  "setup.choose_malformed": { en: "Type a password.", zh: "请输入密码。" },
  "setup.bad_email": {
    en: "{slip, select, no_at {An email address has an @ in it. Please type all of yours.} other {No letter can reach that email address. Please check it for a slip, such as a space or two dots in a row.}}",
    zh: "{slip, select, no_at {邮箱地址中须有 @。请输入完整的地址。} other {邮件无法送达此邮箱地址。请检查是否有误，例如多了空格或点。}}",
  },
  "setup.bad_username": {
    en: "A username has 2 to 32 letters, digits, dots, dashes or underscores, and begins with a letter.",
    zh: "用户名须为 2 到 32 个字母、数字、点、短横线或下划线，并以字母开头。",
  },
  "setup.link_over": {
    en: "This link is no longer valid: it was used, replaced by a newer one, or has expired. Ask for a new one.",
    zh: "此链接已失效：可能已被使用、被新链接取代或已过期。请索取新链接。",
  },
  "setup.taken": {
    en: "There is an account with this email, username or phone number already.",
    zh: "此邮箱、用户名或手机号已被其他账户使用。",
  },
} as const satisfies Words;
