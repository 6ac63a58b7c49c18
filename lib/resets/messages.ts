import type { Words } from "@/lib/messages/words-shape";

/** The words of a forgotten password. */
export const resetMessages = {
  "reset.forgot_link": { en: "Forgot your password?", zh: "忘记密码？" },
  "reset.forgot_title": { en: "Forgot your password?", zh: "忘记密码？" },
  "reset.forgot_intro": {
    en: "Type what you log in with. If there is an account, a letter with a link to a new password goes to its email address.",
    zh: "请输入您登录时使用的邮箱、用户名或手机号。如果存在相应账户，我们会向其邮箱发送一封含有设置新密码链接的邮件。",
  },
  "reset.forgot_button": { en: "Send the letter", zh: "发送邮件" },
  "reset.malformed": { en: "Type your email, username or phone.", zh: "请输入邮箱、用户名或手机号。" },
  "reset.no_letters": {
    en: "This portal sends no email, so nobody can choose a new password by letter. Ask whoever runs it for a link.",
    zh: "此门户不发送邮件，因此无法通过邮件设置新密码。请向管理员索要链接。",
  },
  "reset.no_letters_here": {
    en: "This portal sends no email, so nobody can choose a new password by letter.",
    zh: "此门户不发送邮件，因此无法通过邮件设置新密码。",
  },
  "reset.no_letters_else": {
    en: "If another browser is still logged in to your account, open “Password” there: with your strongest second factor, or a recovery code, it sets a new one without the old. If your account was locked, log in with the old password: a second factor and a recovery code beside it lead to a new one. Otherwise whoever runs this portal can give you a link, by a way that you trust.",
    zh: "如果您的账户在其他浏览器中仍处于登录状态，请在那里打开“密码”：使用您最强的第二重验证方式或一个恢复代码，无需旧密码即可设置新密码。如果您的账户已锁定，请用旧密码登录：再通过第二重验证方式和一个恢复代码的验证，即可设置新密码。否则，请通过可信的方式向此门户的管理员索要链接。",
  },
  "reset.asked_title": { en: "Look into your mailbox", zh: "请查看您的邮箱" },
  "reset.asked": {
    en: "If somebody has that name here, a letter is on its way. It should come within a few minutes, and its link works for half an hour.",
    zh: "如果该登录名存在，邮件已经发出，通常几分钟内即可收到。其中的链接半小时内有效。",
  },
  "reset.asked_nothing": {
    en: "No letter? Look among the unwanted ones, and check that it was the right name. After five letters within an hour no more are sent for a while.",
    zh: "没有收到？请查看垃圾邮件，并确认登录名无误。一小时内发送五封后，会暂停一段时间。",
  },
  "reset.to_login_link": { en: "Back to the login", zh: "返回登录" },
  "reset.open_title": { en: "Choose a new password", zh: "设置新密码" },
  "reset.open_intro": {
    en: "For the account {who}. Before you choose the new password, you confirm that it is you as you do when you log in.",
    zh: "账户：{who}。设置新密码之前，您需要像登录时一样确认是您本人。",
  },
  "reset.open_button": { en: "Go on", zh: "继续" },
  "reset.by_operator": {
    en: "For this account a letter is not enough, and it has no second factor that could stand beside it. Ask whoever runs this portal for a link.",
    zh: "仅凭一封邮件不足以为此账户设置新密码，而且账户没有可以配合使用的第二重验证方式。请向此门户的管理员索要链接。",
  },
  "reset.over_title": { en: "This link does not open", zh: "此链接无法打开" },
  "reset.over_used": {
    en: "This link has done its work: a new password was chosen, or is being chosen in the browser where it was opened. If you need another letter, ask for one.",
    zh: "此链接已使用：新密码已经设置，或正在打开该链接的浏览器中设置。如果还需要邮件，请重新申请。",
  },
  "reset.over_expired": {
    en: "This link is older than half an hour, or a newer letter took its place. Ask for another letter.",
    zh: "此链接已超过半小时，或已被更新的邮件取代。请重新申请。",
  },
  "reset.over_void": {
    en: "This link is not complete, or the account has changed since it was sent. Ask for another letter.",
    zh: "此链接不完整，或账户在邮件发出后已有变化。请重新申请。",
  },
  "reset.over_tried": {
    en: "This link was opened three times and never confirmed. Ask for another letter.",
    zh: "此链接已打开三次，但一直未完成确认。请重新申请。",
  },
  "reset.again_link": { en: "Ask for another letter", zh: "重新申请邮件" },
  "reset.choose_title": { en: "Choose a new password", zh: "设置新密码" },
  "reset.choose_intro": {
    en: "Everybody who is logged in to your account will be logged out, on every device. Then you log in with the new password.",
    zh: "您的账户将在所有设备上退出登录，之后请用新密码登录。",
  },
  "reset.recent_title": { en: "Added within the last 30 days", zh: "最近 30 天内添加" },
  "reset.recent_intro": {
    en: "If somebody else was in your account, one of these may be theirs. Tick what you do not know: it is removed.",
    zh: "如果有人进入过您的账户，其中可能有对方添加的验证方式。请勾选您不认识的，它们将被移除。",
  },
  "reset.codes_label": { en: "All recovery codes", zh: "全部恢复代码" },
  "reset.since_alarm_label": { en: "added after you said “this was not me”", zh: "在您表示“不是我本人”之后添加" },
  "reset.goes_label": { en: "is removed with it", zh: "将一并移除" },
  "reset.choose_malformed": { en: "Type a new password.", zh: "请输入新密码。" },
  "reset.choose_button": { en: "Set the new password", zh: "设置新密码" },
  "reset.done": {
    en: "Your new password is set, and everybody is logged out. Log in with it now: in this browser you are not asked for the second step again within ten minutes.",
    zh: "新密码已设置，所有登录均已退出。请立即用新密码登录：十分钟内在此浏览器中登录，无需再次进行第二步验证。",
  },
} as const satisfies Words;
