import type { Words } from "@/lib/messages/words-shape";

/** What happened to an account, in its owner's words: a sentence for each event that is theirs to see. */
export const activityMessages = {
  "activity.page_title": { en: "Recent activity", zh: "最近活动" },
  "activity.intro": {
    en: "What happened to your account, the newest first. If something was not you, change your password and log out everywhere else.",
    zh: "您账户最近发生的事情，最新的在前。如有不是您本人的操作，请更改密码并退出其他所有位置。",
  },
  "activity.card_text": {
    en: "Logins, changes and refused tries, with place and time.",
    zh: "登录、更改和被拒绝的尝试，含时间和来源。",
  },
  "activity.look_link": { en: "Look at activity", zh: "查看活动" },
  "activity.filter_label": { en: "Show", zh: "显示" },
  "activity.filter_all_label": { en: "Everything", zh: "全部" },
  "activity.filter_logins_label": { en: "Logins", zh: "登录" },
  "activity.filter_changes_label": { en: "Changes", zh: "更改" },
  "activity.filter_refused_label": { en: "Refused", zh: "被拒绝" },
  "activity.none_title": { en: "Nothing here", zh: "没有记录" },
  "activity.none_text": {
    en: "Logins and changes of your account will stand here.",
    zh: "您账户的登录和更改会显示在这里。",
  },
  "activity.older_link": { en: "Older", zh: "更早" },
  "activity.newest_link": { en: "Back to the newest", zh: "返回最新" },
  "activity.from_label": { en: "{device}, {address}", zh: "{device}，{address}" },
  "activity.by_administrator_label": { en: "by an administrator", zh: "由管理员操作" },
  "activity.many_label": {
    en: "{count} times within an hour, from {places, plural, one {one address} other {# addresses}}",
    zh: "一小时内 {count} 次，来自 {places} 个地址",
  },
  "activity.many_more_label": {
    en: "{count} times and more within an hour, from {places, plural, one {one address} other {# addresses}}",
    zh: "一小时内至少 {count} 次，来自 {places} 个地址",
  },
  "activity.refused_label": { en: "Refused", zh: "已拒绝" },
  "activity.failed_label": { en: "Failed", zh: "失败" },
  "activity.not_me_button": { en: "This was not me", zh: "不是我本人" },
  "activity.not_me_label": { en: "This was not me: {what}", zh: "不是我本人：{what}" },
  "activity.not_me_done": {
    en: "That login is ended and its browser is a stranger again. Change your password now: whoever logged in there knows it.",
    zh: "该登录已结束，其浏览器不再是已知浏览器。请立即更改密码：在那里登录的人知道您的密码。",
  },
  "activity.setup_completed": {
    en: "You made this account, the first of the portal.",
    zh: "您创建了此账户，它是本门户的第一个账户。",
  },
  "activity.account_created": { en: "The account was made.", zh: "账户已创建。" },
  "activity.account_unlocked": { en: "The wait after wrong passwords was ended.", zh: "密码错误后的等待已解除。" },
  "activity.policy_changed": {
    en: "Which second factors are asked of you was changed.",
    zh: "对您的第二重验证要求已更改。",
  },
  "activity.email_changed": { en: "Your login email was changed.", zh: "登录邮箱已更改。" },
  "activity.email_confirmed": { en: "Your login email was confirmed.", zh: "登录邮箱已确认。" },
  "activity.profile_changed": { en: "Your name or picture was changed.", zh: "您的姓名或头像已更改。" },
  "activity.contact_refused": {
    en: "A wrong code was typed for an address that was to be confirmed.",
    zh: "确认地址时输入了错误的验证码。",
  },
  "activity.phone_changed": { en: "The number you log in with was changed.", zh: "登录手机号已更改。" },
  "activity.factors_reset": {
    en: "All your second factors and recovery codes were removed.",
    zh: "您的所有第二重验证方式和恢复代码已被移除。",
  },
  "activity.reset_letter": {
    en: "Somebody asked for a new password, and a letter was sent to your login email.",
    zh: "有人申请了新密码，邮件已发送到您的登录邮箱。",
  },
  "activity.reset_begun": {
    en: "The link of a letter for a new password was opened.",
    zh: "有人打开了设置新密码邮件中的链接。",
  },
  "activity.unlock_letter": {
    en: "A letter was sent to your login email, because somebody had to wait at the login.",
    zh: "因为登录需要等待，有人申请了邮件，邮件已发送到您的登录邮箱。",
  },
  "activity.unlock_opened": {
    en: "That letter was used: one browser may try your password without waiting.",
    zh: "该邮件已被使用：一个浏览器可以无需等待地尝试您的密码。",
  },
  "activity.unlock_refused": {
    en: "A wrong code of such a letter was typed.",
    zh: "有人输入了该邮件的错误验证码。",
  },
  "activity.contained": {
    en: "The account was secured: “This was not me” was pressed in a letter.",
    zh: "账户已保护：有人在信件中点击了“不是我本人”。",
  },
  "activity.invitation_created": { en: "A link for choosing a password was made.", zh: "已生成用于设置密码的链接。" },
  "activity.invitation_accepted": { en: "A password was chosen by that link.", zh: "已通过该链接设置密码。" },
  "activity.registration_asked": {
    en: "Somebody asked for a new account with your email. None was made.",
    zh: "有人用您的邮箱申请注册账户，未创建任何账户。",
  },
  "activity.registered": { en: "You made this account.", zh: "您创建了此账户。" },
  "activity.link_refused": {
    en: "A link from a letter was opened that was used or over.",
    zh: "有人打开了信件中已使用或已过期的链接。",
  },
  "activity.password_accepted": { en: "The right password was given.", zh: "密码正确。" },
  "activity.password_refused": { en: "A wrong password was given.", zh: "密码错误。" },
  "activity.login_throttled": {
    en: "A login was refused, because there had been too many tries.",
    zh: "由于尝试次数过多，登录被拒绝。",
  },
  "activity.challenge_answered": { en: "The second step was passed: {kind}.", zh: "已通过第二步验证：{kind}。" },
  "activity.challenge_skipped": {
    en: "The second step was not asked, because you trust the browser.",
    zh: "由于该浏览器受信任，未要求第二步验证。",
  },
  "activity.challenge_half": { en: "The first of two proofs was given.", zh: "已提供两项证明中的第一项。" },
  "activity.challenge_refused": {
    en: "A wrong answer was given at the second step: {kind}.",
    zh: "第二步验证错误：{kind}。",
  },
  "activity.challenge_died": {
    en: "A login ended after too many wrong answers.",
    zh: "由于错误次数过多，登录已中止。",
  },
  "activity.challenge_cancelled": { en: "A login was cancelled.", zh: "登录已取消。" },
  "activity.session_opened": { en: "Logged in.", zh: "已登录。" },
  "activity.session_ended": {
    en: "{why, select, logged_out {Logged out.} ended_by_owner {A login was ended by hand.} ended_by_operator {A login was ended by an administrator.} logged_in_again {A login was ended by a new one in the same browser.} cap {The oldest login ended, because there were too many.} wrong_password {A login was ended after wrong passwords.} step_up_failed {A login was ended after wrong answers.} other {A login was ended.}}",
    zh: "{why, select, logged_out {已退出登录。} ended_by_owner {登录已手动结束。} ended_by_operator {登录已由管理员结束。} logged_in_again {同一浏览器重新登录，之前的登录已结束。} cap {登录数量过多，最早的登录已结束。} wrong_password {密码错误次数过多，登录已结束。} step_up_failed {验证错误次数过多，登录已结束。} other {登录已结束。}}",
  },
  "activity.sessions_ended": {
    en: "{count, plural, one {One login was ended.} other {# logins were ended together.}}",
    zh: "已同时结束 {count} 处登录。",
  },
  "activity.proof_refreshed": { en: "Confirmed who you are: {kind}.", zh: "已确认身份：{kind}。" },
  "activity.factor_begun": { en: "Setting up was begun: {kind}.", zh: "已开始设置：{kind}。" },
  "activity.factor_bound": { en: "A second factor was set up: {kind}.", zh: "已设置第二重验证：{kind}。" },
  "activity.factor_confirm_refused": {
    en: "The first code of a new second factor was wrong: {kind}.",
    zh: "新的第二重验证的首个验证码错误：{kind}。",
  },
  "activity.factor_cancelled": { en: "Setting up was cancelled: {kind}.", zh: "已取消设置：{kind}。" },
  "activity.factor_renamed": { en: "A second factor got another name: {kind}.", zh: "第二重验证已重命名：{kind}。" },
  "activity.factor_removed": { en: "A second factor was removed: {kind}.", zh: "第二重验证已移除：{kind}。" },
  "activity.factor_closed": {
    en: "After too many wrong codes a kind was closed: {kind}.",
    zh: "由于错误次数过多，此类验证方式已停用：{kind}。",
  },
  "activity.code_posted": { en: "A code was sent: {kind}.", zh: "已发送验证码：{kind}。" },
  "activity.code_refused": { en: "A code was asked for and not sent.", zh: "请求的验证码未发送。" },
  "activity.pending_asked": { en: "A change was asked for and waits: {kind}.", zh: "已提出更改，等待中：{kind}。" },
  "activity.pending_untold": {
    en: "No letter about a change that waits could leave: {kind}.",
    zh: "关于等待中更改的信件未能送出：{kind}。",
  },
  "activity.pending_done": { en: "A change was done: {kind}.", zh: "更改已生效：{kind}。" },
  "activity.pending_vetoed": { en: "A change that waited was stopped: {kind}.", zh: "等待中的更改已取消：{kind}。" },
  "activity.pending_refused": { en: "A change could not be done: {kind}.", zh: "更改无法完成：{kind}。" },
  "activity.data_downloaded": { en: "Your data was downloaded.", zh: "您的数据已被下载。" },
  "activity.recovery_generated": { en: "A set of recovery codes was made.", zh: "已生成一组恢复代码。" },
  "activity.recovery_used": { en: "A recovery code was used.", zh: "已使用一个恢复代码。" },
  "activity.recovery_added": {
    en: "A new recovery code took the place of a used one.",
    zh: "新的恢复代码已代替用过的代码。",
  },
  "activity.recovery_voided": { en: "The recovery codes became void.", zh: "恢复代码已失效。" },
  "activity.password_change_refused": { en: "A new password was refused.", zh: "新密码被拒绝。" },
  "activity.trust_given": {
    en: "A browser was trusted: no second step is asked there for some days.",
    zh: "一个浏览器已设为受信任：数天内不再要求第二步验证。",
  },
  "activity.trust_withdrawn": { en: "A browser is trusted no more.", zh: "一个浏览器已不再受信任。" },
  "activity.device_renamed": { en: "A known browser got another name.", zh: "一个已知浏览器已重命名。" },
  "activity.device_known": { en: "A browser became a known one.", zh: "一个浏览器成为已知浏览器。" },
  "activity.device_forgotten": { en: "A known browser was forgotten.", zh: "已移除一个已知浏览器。" },
  "activity.devices_forgotten": {
    en: "{count, plural, one {One known browser was forgotten.} other {# known browsers were forgotten.}}",
    zh: "已移除 {count} 个已知浏览器。",
  },
  "activity.letter_parked": { en: "A letter to you could not be sent.", zh: "发给您的一封信件未能送出。" },
  "activity.letter_retried": { en: "A letter to you was sent once more.", zh: "发给您的一封信件已重新发送。" },
} as const satisfies Words;
