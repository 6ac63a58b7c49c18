import type { Words } from "@/lib/messages/words-shape";

export const totpMessages = {
  "totp.kind_name": { en: "Authenticator app", zh: "身份验证器应用" },
  "totp.malformed": { en: "Type the six digits that your app shows.", zh: "请输入应用显示的六位数字。" },
  "totp.wrong_code": {
    en: "That code is not right. Codes change every 30 seconds: type the one that your app shows now. If the next one is refused too, set your phone’s clock to automatic: codes depend on it.",
    zh: "验证码不正确。请输入应用当前显示的验证码（每 30 秒更换一次）。如果下一个仍不正确，请将手机时间设为自动：时间不准，验证码就会出错。",
  },
  "totp.already_used": {
    en: "This code was right, but it has been used already. Wait for the next one.",
    zh: "此验证码正确，但已被使用过。请等待下一个验证码。",
  },
  "totp.clock_behind": {
    en: "The code is right for another time: your phone’s clock is about {minutes, plural, one {# minute} other {# minutes}} behind. Set it to automatic and type a new code.",
    zh: "此验证码与当前时间不符：您手机的时间慢了约 {minutes} 分钟。请将手机时间设为自动，然后输入新的验证码。",
  },
  "totp.clock_ahead": {
    en: "The code is right for another time: your phone’s clock is about {minutes, plural, one {# minute} other {# minutes}} ahead. Set it to automatic and type a new code.",
    zh: "此验证码与当前时间不符：您手机的时间快了约 {minutes} 分钟。请将手机时间设为自动，然后输入新的验证码。",
  },
} as const satisfies Words;
