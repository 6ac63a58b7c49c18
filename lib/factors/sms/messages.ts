import type { Words } from "@/lib/messages/words-shape";

export const smsMessages = {
  "sms.kind_name": { en: "Text message", zh: "短信验证码" },
  "sms.way_link": { en: "Get a code by text message", zh: "通过短信获取验证码" },
  "sms.malformed": { en: "Type the six digits from the message.", zh: "请输入短信中的六位数字。" },
  "sms.wrong_code": {
    en: "That code is not right, or its time is over. Check the last message, or ask for a new code.",
    zh: "验证码不正确或已过期。请查看最近一条短信，或重新获取验证码。",
  },
  "sms.code_label": { en: "Verification code", zh: "验证码" },
  "sms.code_hint": { en: "Six digits, good for five minutes.", zh: "六位数字，五分钟内有效。" },
  "sms.number_label": { en: "Mobile number", zh: "手机号码" },
  "sms.number_hint": {
    en: "With its country code: {codes}{home, select, none {} other {; {home} may be left out}}. We send a code to make sure that it is yours.",
    zh: "请带国家/地区代码：{codes}{home, select, none {} other {；{home} 可省略}}。我们会发送验证码以确认号码属于您。",
  },
  "sms.number_malformed": {
    en: "This is no phone number that we can read. Type it with its country code: {codes}{home, select, none {} other {; {home} may be left out}}.",
    zh: "无法识别此号码。请带国家/地区代码输入：{codes}{home, select, none {} other {；{home} 可省略}}。",
  },
  "sms.number_extension": {
    en: "That number has an extension, where no text message arrives. Type the number of a mobile phone alone.",
    zh: "短信无法送达分机号码。请只输入手机号码，不带分机号。",
  },
  "sms.not_served": {
    en: "We cannot send messages to numbers of that country, only of {countries}. Choose another number or another way.",
    zh: "暂不支持向该国家/地区发送短信，仅支持{countries}。请使用其他号码或其他方式。",
  },
  "sms.not_mobile": {
    en: "We send messages to mobile numbers only. Choose another number or another way.",
    zh: "仅支持向手机号码发送短信。请使用其他号码或其他方式。",
  },
  "sms.notice": {
    en: "Text messages are the weakest of the ways with a phone: somebody who takes over your number gets your codes. An authenticator app is safer, works without a network and costs nothing.",
    zh: "在各种手机验证方式中，短信的安全性最低：一旦号码被他人控制，验证码就会落入对方手中。身份验证器应用更安全，无需网络，而且免费。",
  },
  "sms.offer": {
    en: "A code by text message to your mobile phone. Less safe than an app.",
    zh: "向您的手机发送短信验证码。安全性低于身份验证器应用。",
  },
  "sms.set_up_title": { en: "Set up codes by text message", zh: "设置短信验证码" },
  "sms.another_link": { en: "Use another number", zh: "使用其他号码" },
} as const satisfies Words;
