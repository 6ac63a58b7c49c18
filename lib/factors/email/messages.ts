import type { Words } from "@/lib/messages/words-shape";

export const emailMessages = {
  "email.kind_name": { en: "Email code", zh: "邮件验证码" },
  "email.way_link": { en: "Get a code by email", zh: "通过邮件获取验证码" },
  "email.malformed": { en: "Type the eight digits from the email.", zh: "请输入邮件中的八位数字。" },
  "email.wrong_code": {
    en: "That code is not right, or its time is over. Check the last email, or ask for a new code.",
    zh: "验证码不正确或已过期。请查看最近一封邮件，或重新获取验证码。",
  },
  "email.code_label": { en: "Verification code", zh: "验证码" },
  "email.code_hint": { en: "Eight digits, good for ten minutes.", zh: "八位数字，十分钟内有效。" },
  "email.address_label": { en: "Email address", zh: "电子邮箱" },
  "email.address_hint": {
    en: "We send a code to make sure that it is yours.",
    zh: "我们会发送验证码以确认邮箱属于您。",
  },
  "email.address_malformed": {
    en: "This is no email address that we can write to. Check it, please.",
    zh: "无法向此邮箱地址发送邮件。请检查后重试。",
  },
  "email.notice": {
    en: "A code by email is the weakest way of all: whoever reads your mail and knows your password gets in. An authenticator app is safer.",
    zh: "邮件验证码是安全性最低的方式：任何能查看您的邮件并知道您密码的人都能登录。身份验证器应用更安全。",
  },
  "email.offer": {
    en: "A code by email. The weakest way: take it when nothing else fits.",
    zh: "向您的邮箱发送验证码。安全性最低，仅在没有其他合适方式时使用。",
  },
  "email.set_up_title": { en: "Set up codes by email", zh: "设置邮件验证码" },
  "email.another_link": { en: "Use another address", zh: "使用其他邮箱" },
} as const satisfies Words;
