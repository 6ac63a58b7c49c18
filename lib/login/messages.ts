import type { Words } from "@/lib/messages/words-shape";

export const loginMessages = {
  "login.malformed": {
    en: "Type your email, username or phone, and your password.",
    zh: "请输入邮箱、用户名或手机号，以及密码。",
  },
  "login.wrong": {
    en: "That name or password is not right. Check both and try again.",
    zh: "账号或密码不正确。请检查后重试。",
  },
} as const satisfies Words;
