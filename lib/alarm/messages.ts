import type { Words } from "@/lib/messages/words-shape";

/** The words of the page behind an alarm's link. */
export const alarmMessages = {
  "alarm.page_title": { en: "Was this you?", zh: "这是您本人吗？" },
  "alarm.device_new": {
    en: "Somebody logged in to the account {who} on a browser that it had not been used on before.",
    zh: "有人在账户 {who} 从未使用过的浏览器上登录。",
  },
  "alarm.second_step_wrong": {
    en: "Somebody typed the right password of the account {who}, and then wrong codes for the second step.",
    zh: "有人输入了账户 {who} 的正确密码，随后输入了错误的第二步验证码。",
  },
  "alarm.was_you": {
    en: "If it was you, all is well: there is nothing to do, and you can close this page.",
    zh: "如果是您本人，则一切正常：您无需做任何事，可以关闭此页面。",
  },
  "alarm.was_not_you": {
    en: "If it was not you, press the button. This is what it does.",
    zh: "如果不是您本人，请点击下面的按钮。它会执行以下操作。",
  },
  "alarm.ends_sessions": {
    en: "Everybody is logged out of the account on every device, you too.",
    zh: "在所有设备上退出该账户，包括您自己的设备。",
  },
  "alarm.ends_password": {
    en: "The present password opens nothing any more. You get in again with a new one.",
    zh: "当前密码立即失效。设置新密码后您可以重新登录。",
  },
  "alarm.tells_administrators": {
    en: "The administrators of this portal are told.",
    zh: "此门户的管理员会收到通知。",
  },
  "alarm.keeps_factors": {
    en: "Your second factors and recovery codes stay as they are.",
    zh: "您的第二重验证方式和恢复代码保持不变。",
  },
  "alarm.contain_button": { en: "This was not me", zh: "这不是我本人" },
  "alarm.malformed": {
    en: "This link is not complete. Open it from the letter once more.",
    zh: "此链接不完整。请从信件中重新打开。",
  },
  "alarm.over_title": { en: "This link does not open", zh: "此链接无法打开" },
  "alarm.over": {
    en: "This link is no longer valid: it is older than three days, or is not complete. Nothing was changed. If you worry about your account, log in and change your password.",
    zh: "此链接已失效：可能已超过三天或不完整。没有发生任何更改。如果您担心自己的账户，请登录并更改密码。",
  },
  "alarm.used": {
    en: "The button behind this link was pressed already: everybody was logged out, and the password of that time opens nothing any more. If you have chosen a new one, log in with it. If you have none yet, ask whoever runs this portal for help.",
    zh: "此链接中的按钮已被点击：所有人均已退出登录，当时的密码已失效。如果您已设置新密码，请使用新密码登录；如果尚未设置，请联系此门户的管理员。",
  },
  "alarm.moved_title": { en: "This has been taken care of", zh: "此事已得到处理" },
  "alarm.moved": {
    en: "The password that the letter was about opens nothing any more: it was changed or taken away since. If that was not you, ask whoever runs this portal for help at once.",
    zh: "信件所涉及的密码已经失效：此后它已被更改或停用。如果不是您本人操作，请立即联系此门户的管理员。",
  },
  "alarm.contained_title": { en: "Your account is closed to everybody", zh: "您的账户已对所有人关闭" },
  "alarm.contained": {
    en: "Everybody is logged out, and the old password opens nothing any more.",
    zh: "所有人均已退出登录，旧密码已失效。",
  },
  "alarm.contained_next": {
    en: "A letter alone must not be enough to choose a new password for your account. The administrators of this portal were told: ask them for a link, by a way that you trust.",
    zh: "仅凭一封信不足以为您的账户设置新密码。此门户的管理员已收到通知：请通过可信的方式向其索要链接。",
  },
} as const satisfies Words;
