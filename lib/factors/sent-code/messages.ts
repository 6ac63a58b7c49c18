import type { Words } from "@/lib/messages/words-shape";

export const sentCodeMessages = {
  "post.too_soon": {
    en: "A code was sent a moment ago. Give it up to a minute to arrive, then you can ask for another one.",
    zh: "刚刚已发送验证码，可能需要一分钟才能送达。之后您可以重新获取。",
  },
  "post.no_more": {
    en: "Enough codes were sent for this step. Use the last one that arrived, or choose another way.",
    zh: "此步骤的验证码发送次数已达上限。请使用最近收到的验证码，或选择其他方式。",
  },
  "post.too_many": {
    en: "Too many codes were sent lately, so no more can be sent for now. Choose another way, or try again later.",
    zh: "近期发送的验证码过多，暂时无法再发送。请选择其他方式，或稍后再试。",
  },
  "post.nothing_sent": {
    en: "No code can be sent this way right now. Choose another way.",
    zh: "目前无法通过此方式发送验证码。请选择其他方式。",
  },
  "post.yours_already": {
    en: "This one protects your account already. Give another one.",
    zh: "此号码或邮箱已在保护您的账户。请换一个。",
  },
  "post.sent_to": {
    en: "We sent a code to {to}. It may take a minute to arrive.",
    zh: "验证码已发送至 {to}，可能需要一分钟才能送达。",
  },
  "post.not_sent": {
    en: "No code was sent yet. Press the button, and one will be on its way to {to}.",
    zh: "尚未发送验证码。点击按钮即可发送至 {to}。",
  },
  "post.send_button": { en: "Send a code", zh: "发送验证码" },
  "post.send_again_button": { en: "Send a new code", zh: "重新发送验证码" },
  "post.send_to_button": { en: "Send it to {to} instead", zh: "改为发送至 {to}" },
  "post.again_at": {
    en: "You can ask for a new code from {at, time, short} UTC on.",
    zh: "{at, time, short} UTC 起可重新获取验证码。",
  },
  "post.again_in": { en: "You can ask for a new code in {time}.", zh: "{time}后可重新获取验证码。" },
} as const satisfies Words;
