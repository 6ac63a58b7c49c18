import type { Words } from "@/lib/messages/words-shape";

/** Changes that wait: what they are called, and what is said of them. */
export const pendingMessages = {
  "pending.factor_remove_name": { en: "Remove a second factor", zh: "移除第二重验证" },
  "pending.email_change_name": { en: "Change the login email", zh: "更改登录邮箱" },
  "pending.contact_change_name": { en: "Change the phone number to log in with", zh: "更改登录手机号" },
  "pending.contact_remove_name": { en: "Remove a contact", zh: "移除联系方式" },
  "pending.data_download_name": { en: "Download all data", zh: "下载全部数据" },
  "pending.account_delete_name": { en: "Delete the account", zh: "删除账户" },
  "pending.password_set_name": { en: "Set a new password", zh: "设置新密码" },
  "pending.some_change_name": { en: "A change to the account", zh: "账户更改" },
  "pending.banner_due": {
    en: "Waiting: {change}. It will be done on {at, date, medium} UTC unless you stop it.",
    zh: "等待中：{change}。如未取消，将于 {at, date, medium} UTC 生效。",
  },
  "pending.banner_uncounted": {
    en: "Waiting: {change}. It will be done {told, select, no {in {hours, plural, one {one hour} =168 {seven days} other {# hours}} at the earliest, unless you stop it. The moment stands here in a while} other {{hours, plural, one {one hour} =168 {seven days} other {# hours}} after a letter about it has left, unless you stop it}}.",
    zh: "等待中：{change}。如未取消，{told, select, no {最早将在{hours, plural, =168 {七天} other { # 小时}}后生效。具体时间稍后显示在此处} other {将在通知邮件发出{hours, plural, =168 {七天} other { # 小时}}后生效}}。",
  },
  "pending.stop_link": { en: "Stop it", zh: "取消更改" },
  "pending.stop_label": { en: "Stop it: {change}", zh: "取消更改：{change}" },
  "pending.stop_question_title": { en: "Stop this change?", zh: "取消此更改？" },
  "pending.stop_what": { en: "{change}.", zh: "{change}。" },
  "pending.stop_asked": {
    en: "It was asked for on {at, date, medium} UTC, in {device}, from {address}.",
    zh: "该更改于 {at, date, medium} UTC 提出，来自 {device}，地址 {address}。",
  },
  "pending.stop_after": {
    en: "Your account stays as it is. If it was not you who asked, change your password afterwards.",
    zh: "您的账户将保持不变。如果不是您提出的，请随后更改密码。",
  },
  "pending.stop_button": { en: "Stop the change", zh: "取消更改" },
  "pending.keep_link": { en: "Let it be done", zh: "保留更改" },
  "pending.stopped": { en: "The change is stopped. Your account is as it was.", zh: "更改已取消，您的账户没有变化。" },
  "pending.asked": {
    en: "It waits, so that you can stop it: {hours, plural, one {one hour} =168 {seven days} other {# hours}}{told, select, no {, because this portal sends no letters that could stop it. Until then every page of your account says so.} other { from the letter about it on. Until then every page says so.}}",
    zh: "该更改正在等待，以便您取消：{told, select, no {本门户不发送可取消更改的邮件，等待} other {自通知邮件发出起}}{hours, plural, =168 {七天} other { # 小时}}。在此之前，每个页面都会提示。",
  },
  "pending.replace_intro": {
    en: "The present one keeps working beside the new one for {hours, plural, one {one hour} other {# hours}}, so that you can stop this if it was not you: {told, select, no {this portal sends no letters, but every page of your account shows it} other {a letter that can stop it goes to every address of yours}}.",
    zh: "现有的验证方式会与新的并行有效{hours, plural, other { # 小时}}，以便在并非您本人操作时取消：{told, select, no {本门户不发送邮件，但账户的每个页面都会提示} other {可取消更改的邮件会发送到您的所有地址}}。",
  },
  "pending.bound_beside": {
    en: "The new one is set up. The one before works beside it for {hours, plural, one {one hour} other {# hours}}{told, select, no {, because this portal sends no letters that could stop it} other { from the letter about it on}}. Until then every page says so.",
    zh: "新的验证方式已设置。{told, select, no {本门户不发送可取消更改的邮件，} other {自通知邮件发出起}}{hours, plural, other { # 小时}}内，之前的验证方式仍并行有效。在此之前，每个页面都会提示。",
  },
  "pending.will_wait": {
    en: "It is done at once only in a browser that has been known for seven days, once the strongest of your factors was given anew after the login. Here it waits {hours, plural, one {one hour} =168 {seven days} other {# hours}}{told, select, no {, and every page of your account shows it; this portal sends no letters} other {, and a letter that can stop it goes to every address of yours}}.",
    zh: "只有在已知满七天的浏览器中，并在登录后再次以您最强的方式验证，更改才会立即生效。此处需等待{hours, plural, =168 {七天} other { # 小时}}，{told, select, no {账户的每个页面都会提示；本门户不发送邮件} other {可取消更改的邮件会发送到您的所有地址}}。",
  },
  "pending.over": {
    en: "This change waits no more: it was done, stopped, or replaced by a newer one.",
    zh: "该更改已不在等待：可能已生效、已取消，或被新的更改取代。",
  },
  "pending.malformed": {
    en: "The form was not complete. Load the page again and try once more.",
    zh: "表单不完整，请刷新页面后重试。",
  },
  "pending.factor_needed": {
    en: "Your organisation asks for more second factors than would be left.",
    zh: "移除后剩余的第二重验证少于您的组织所要求的数量。",
  },
  "pending.last_administrator": {
    en: "This is the last administrator’s account. Another administrator must be there first, and have chosen a password: whoever runs this portal makes one by npm run portal -- people add EMAIL --admin.",
    zh: "这是最后一个管理员账户。须先有另一位已设置密码的管理员：请运行此门户的人执行 npm run portal -- people add EMAIL --admin。",
  },
  "pending.password_moved": {
    en: "The password was changed in the meantime.",
    zh: "密码在此期间已更改。",
  },
  "pending.account_disabled": { en: "The account is disabled.", zh: "该账户已停用。" },
  "pending.unreadable": {
    en: "What was asked for cannot be read any more.",
    zh: "所请求的内容已无法读取。",
  },
  "pending.restored": {
    en: "The portal was set back to an earlier state. If you still want the change, ask for it again.",
    zh: "系统已恢复到较早的状态。如仍需此更改，请重新提出。",
  },
  "pending.some_reason": { en: "The account has changed in the meantime.", zh: "账户在此期间已发生变化。" },
  "pending.no_factor": {
    en: "Without a second factor only the current password shows that it is you. If you have forgotten it, log out and choose “Forgot your password?”, or ask whoever runs this portal.",
    zh: "没有第二重验证时，只有当前密码能证明是您本人。如果忘记了密码，请退出登录后选择“忘记密码”，或联系门户管理员。",
  },
  "veto.page_title": { en: "A change to your account waits", zh: "您的账户有一项更改在等待" },
  "veto.intro": { en: "Somebody asked for it, for the account {who}.", zh: "有人为账户 {who} 提出了此更改。" },
  "veto.change_label": { en: "Change", zh: "更改" },
  "veto.due_label": { en: "Will be done", zh: "生效时间" },
  "veto.uncounted_label": { en: "not before a letter about it has left", zh: "通知邮件发出之前不会生效" },
  "veto.was_you": {
    en: "If it was you, close this page: nothing happens here by itself.",
    zh: "如果是您本人操作，关闭此页面即可：本页不会自动执行任何操作。",
  },
  "veto.was_not_you": {
    en: "If not, stop it. The button does only that; it logs nobody in or out. Then log in and change your password.",
    zh: "如果不是，请取消。按钮只执行这一操作，不会使任何人登录或退出。然后请登录并更改密码。",
  },
  "veto.stop_button": { en: "Stop the change", zh: "取消更改" },
  "veto.stopped_title": { en: "The change is stopped", zh: "更改已取消" },
  "veto.stopped": {
    en: "The account is as it was. If it was not you who asked, log in and change your password: somebody else is in your account.",
    zh: "账户没有变化。如果不是您提出的，请登录并更改密码：有人进入了您的账户。",
  },
  "veto.done_title": { en: "It is done already", zh: "更改已生效" },
  "veto.done": {
    en: "The time to stop this change is over. If it was not you, tell whoever runs this portal at once.",
    zh: "取消该更改的时间已过。如果不是您本人操作，请立即联系门户管理员。",
  },
  "veto.over_title": { en: "Nothing waits here", zh: "没有等待中的更改" },
  "veto.over": {
    en: "This link belongs to no change that waits. A newer letter may have another one.",
    zh: "此链接没有对应的等待中的更改。较新的邮件中可能有新的链接。",
  },
  "data.page_title": { en: "Your data", zh: "您的数据" },
  "data.intro": {
    en: "What is kept about your account: download it, or delete all of it.",
    zh: "与您账户有关的数据：您可以下载，也可以全部删除。",
  },
  "data.card_text": { en: "Download what is kept about you, or delete the account.", zh: "下载您的数据，或删除账户。" },
  "data.look_link": { en: "Your data", zh: "您的数据" },
  "data.download_title": { en: "Download", zh: "下载" },
  "data.download_text": {
    en: "Everything about your account in one file, and your activity as a table. No passwords, secrets or codes are in it.",
    zh: "一个文件包含您账户的全部数据，另有一个活动表格。其中不含密码、密钥或代码。",
  },
  "data.ask_button": { en: "Ask for my data", zh: "请求下载我的数据" },
  "data.asked": {
    en: "You have asked for this. It waits, as it says above.",
    zh: "您已提出请求，正在等待，详见上方提示。",
  },
  "data.ready": {
    en: "You can download it until {at, date, medium} UTC.",
    zh: "您可以在 {at, date, medium} UTC 之前下载。",
  },
  "data.json_link": { en: "Everything (JSON)", zh: "全部数据（JSON）" },
  "data.csv_link": { en: "Activity (CSV)", zh: "活动记录（CSV）" },
  "data.delete_title": { en: "Delete the account", zh: "删除账户" },
  "data.delete_text": {
    en: "The account with its second factors and logins is deleted seven days after you ask. Until then you can change your mind.",
    zh: "账户及其第二重验证方式和登录将在您提出请求七天后删除。在此之前您可以取消。",
  },
  "data.delete_link": { en: "Delete the account", zh: "删除账户" },
  "data.delete_question_title": { en: "Delete your account?", zh: "删除您的账户？" },
  "data.delete_after": {
    en: "In seven days everything is gone and cannot be had back: the account, its second factors, all logins, and the apps’ access.",
    zh: "七天后一切都将删除且无法恢复：账户、第二重验证方式、所有登录以及各应用的访问权限。",
  },
  "data.delete_told": {
    en: "{told, select, no {Every page of your account shows it, with the way to stop it; this portal sends no letters.} other {A letter that can stop it goes to every address of yours, and every page of your account shows it.}}",
    zh: "{told, select, no {账户的每个页面都会提示并可取消；本门户不发送邮件。} other {可取消删除的邮件会发送到您的所有地址，账户的每个页面也会提示。}}",
  },
  "data.delete_button": { en: "Delete it in seven days", zh: "七天后删除" },
  "data.delete_no_link": { en: "Keep the account", zh: "保留账户" },
  "password.forgot_link": { en: "I do not know my current password", zh: "我不知道当前密码" },
  "password.set_title": { en: "A new password without the current one", zh: "不使用当前密码设置新密码" },
  "password.set_intro": {
    en: "It does not hold at once: it waits {hours, plural, one {one hour} =168 {seven days} other {# hours}}{told, select, no {, and every page of your account shows it; this portal sends no letters} other {, and a letter that can stop it goes to every address of yours}}. Until then the current one stays.",
    zh: "新密码不会立即生效：需等待{hours, plural, =168 {七天} other { # 小时}}，{told, select, no {账户的每个页面都会提示；本门户不发送邮件} other {可取消更改的邮件会发送到您的所有地址}}。在此之前当前密码仍然有效。",
  },
  "password.set_button": { en: "Set it after the wait", zh: "等待后设置" },
} as const satisfies Words;
