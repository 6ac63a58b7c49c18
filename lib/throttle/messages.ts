import type { Words } from "@/lib/messages/words-shape";

export const throttleMessages = {
  "throttle.too_many": {
    en: "There were too many tries. Please wait {unit, select, second {{amount, plural, one {# second} other {# seconds}}} minute {{amount, plural, one {# minute} other {# minutes}}} other {{amount, plural, one {# hour} other {# hours}}}} and try again.",
    zh: "尝试次数过多。请等待 {amount, number} {unit, select, second {秒} minute {分钟} other {小时}}后再试。",
  },
  "throttle.start_over": {
    en: "There were too many tries in this login. Please log in again: then you can go on at once.",
    zh: "本次登录中的尝试次数过多。请重新登录，之后即可继续。",
  },
  "throttle.closed": {
    en: "After too many wrong codes this way is closed. Choose another way, and set this one up again once you are in.",
    zh: "由于错误次数过多，此方式已停用。请选择其他方式，登录后再重新设置。",
  },
  "throttle.no_letters": {
    en: "No more letters can be sent to new addresses today. Please try again tomorrow, or ask whoever runs this portal.",
    zh: "今天已无法再向新邮箱发送邮件。请明天再试，或联系此门户的管理员。",
  },
} as const satisfies Words;
