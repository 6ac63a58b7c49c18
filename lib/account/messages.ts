import type { Words } from "@/lib/messages/words-shape";

/** The words of the page behind an alarm's link. */
export const alarmMessages = {
  "alarm.page_title": { en: "Was this you?", zh: "这是您本人吗？" },
  "alarm.device_new": {
    en: "Somebody logged in to the account {who} on a browser that it had not been used on before.",
    zh: "有人登录了账户 {who}，所用的浏览器是该账户从未用过的。",
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
    zh: "如果不是您本人，请点击下面的按钮。点击后会发生以下变化。",
  },
  "alarm.ends_sessions": {
    en: "Everybody is logged out of the account on every device, you too.",
    zh: "在所有设备上退出该账户，包括您自己的设备。",
  },
  "alarm.ends_password": {
    en: "The present password lets nobody in any more.",
    zh: "凭当前密码无法再登录。",
  },
  "alarm.back_anew": {
    en: "A letter with a link to a new password goes to your login email. There you confirm your second step, with something that you had before this.",
    zh: "我们会向您的登录邮箱发送含有设置新密码链接的邮件。在那里，您需要用此前已有的方式完成第二步验证。",
  },
  "alarm.back_anew_alone": {
    en: "A letter with a link to a new password goes to your login email.",
    zh: "我们会向您的登录邮箱发送含有设置新密码链接的邮件。",
  },
  "alarm.back_by_administrators": {
    en: "You get in again with a link that whoever runs this portal gives you: a letter alone must not be enough to choose a new password for this account.",
    zh: "您需要此门户管理员提供的链接才能重新登录：仅凭一封邮件不足以为此账户设置新密码。",
  },
  "alarm.tells_administrators": {
    en: "The administrators of this portal are told by letter.",
    zh: "此门户的管理员会收到邮件通知。",
  },
  "alarm.keeps_factors": {
    en: "Your second factors and recovery codes stay as they are.",
    zh: "您的第二重验证方式和恢复代码保持不变。",
  },
  "alarm.contain_button": { en: "This was not me", zh: "这不是我本人" },
  "alarm.malformed": {
    en: "This link is not complete. Open it from the letter once more.",
    zh: "此链接不完整。请从邮件中重新打开。",
  },
  "alarm.over_title": { en: "This link does not open", zh: "此链接无法打开" },
  "alarm.over": {
    en: "This link is no longer valid: it is older than three days, is not complete, or the password was reset since. Nothing was changed. If you worry about your account, log in and change your password; where it does not let you in, choose “Forgot your password?” on the login page.",
    zh: "此链接已失效：可能已超过三天、不完整，或密码此后已被重置。没有发生任何更改。如果您担心自己的账户，请登录并更改密码；如果无法登录，请在登录页选择“忘记密码？”。",
  },
  "alarm.used": {
    en: "The button behind this link was pressed already: everybody was logged out, and the password of that time opens nothing any more. If you have chosen a new one, log in with it. If you have none yet, choose “Forgot your password?” on the login page, or ask whoever runs this portal for help.",
    zh: "此链接中的按钮已被点击：所有人均已退出登录，当时的密码已失效。如果您已设置新密码，请使用新密码登录；如果尚未设置，请在登录页选择“忘记密码？”，或联系此门户的管理员。",
  },
  "alarm.moved_title": { en: "This has been taken care of", zh: "此事已得到处理" },
  "alarm.moved": {
    en: "The password that the letter was about opens nothing any more: it was changed or taken away since. If that was not you, choose “Forgot your password?” on the login page at once: the password that you set then logs everybody else out. Where that does not lead to one, ask whoever runs this portal.",
    zh: "邮件中提到的密码已失效：它后来已被更改或停用。如果不是您本人操作，请立即在登录页选择“忘记密码？”：设置新密码后，其他人都将被退出登录。如果这样无法设置，请联系此门户的管理员。",
  },
  "alarm.contained_title": { en: "Your account is closed to everybody", zh: "您的账户已暂停登录" },
  "alarm.contained": {
    en: "Everybody is logged out, and the old password lets nobody in any more.",
    zh: "所有人均已退出登录，凭旧密码无法再登录。",
  },
  "alarm.unpressed_title": { en: "Did you press the button in our letter?", zh: "您点击了邮件中的按钮吗？" },
  "alarm.unpressed": {
    en: "If you pressed it, it has done what its page said. Opening this address alone changes nothing.",
    zh: "如果您点击了按钮，它已按所在页面的说明生效。仅打开此地址不会更改任何内容。",
  },
  "alarm.contained_next": {
    en: "A letter alone must not be enough to choose a new password for your account. The administrators of this portal were told by letter. Ask whoever runs it for a link, by a way that you trust.",
    zh: "仅凭一封邮件不足以为您的账户设置新密码。门户的管理员已收到邮件通知：请通过可信的方式向运行此门户的人索要链接。",
  },
  "alarm.contained_letter": {
    en: "A letter with a link to a new password is on its way to your login email. The link works for half an hour; you can ask for another one.",
    zh: "含有设置新密码链接的邮件已发往您的登录邮箱。链接半小时内有效；您可以重新申请。",
  },
  "alarm.no_support": {
    en: "This portal names no address for help. Whoever made your account for you, or the help desk of your organisation, knows who runs it: go there in person or call a number that you knew before.",
    zh: "此门户未提供联系方式。为您创建账户的人或您单位的服务台知道由谁管理：请当面询问，或拨打您原本就知道的电话。",
  },
} as const satisfies Words;
