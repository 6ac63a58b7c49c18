import type { Words } from "@/lib/messages/words-shape";

/** The words of the account's own pages. */
export const accountMessages = {
  "set_back.page_title": { en: "Your account was set back", zh: "您的账户已恢复到较早的状态" },
  "set_back.intro": {
    en: "The portal had to be restored from a backup. Your account is what it was on {to, date, medium} UTC; whatever you changed since is undone.",
    zh: "系统已从备份恢复。您的账户回到了 {to, date, medium} UTC 时的状态，此后所做的更改均已撤销。",
  },
  "set_back.password": {
    en: "If you changed your password since, the one before is valid again. Change it anew.",
    zh: "如果您此后更改过密码，现在有效的又是旧密码，请重新更改。",
  },
  "set_back.factors": {
    en: "A second factor, number or address that you removed since is back, and one that you added is missing. Look at them.",
    zh: "您此后移除的验证方式、号码或地址又出现了，新添加的则已丢失，请检查。",
  },
  "set_back.codes": {
    en: "Your recovery codes open nothing any more, wherever you keep them. Make new ones.",
    zh: "您保存的恢复代码均已失效，请生成新的恢复代码。",
  },
  "set_back.button": { en: "Look at my account", zh: "查看我的账户" },
  "security.page_title": { en: "Account security", zh: "账户安全" },
  "security.protected": {
    en: "Your account is protected by {factors, plural, one {one factor} other {# factors}} besides your password, and you have {codes, plural, one {one recovery code} other {# recovery codes}}.",
    zh: "除密码外，您的账户还受 {factors} 种验证方式保护，并有 {codes} 个恢复代码。",
  },
  "security.no_codes": {
    en: "Your account is protected by {factors, plural, one {one factor} other {# factors}} besides your password, but you have no recovery code.",
    zh: "除密码外，您的账户还受 {factors} 种验证方式保护，但没有恢复代码。",
  },
  "security.few_codes": {
    en: "Your account is protected by {factors, plural, one {one factor} other {# factors}} besides your password, but you have only {codes, plural, one {one recovery code} other {# recovery codes}} left.",
    zh: "除密码外，您的账户还受 {factors} 种验证方式保护，但只剩 {codes} 个恢复代码。",
  },
  "security.unsaved_codes": {
    en: "Your account is protected by {factors, plural, one {one factor} other {# factors}} besides your password, but {unsaved, plural, one {one recovery code was} other {# recovery codes were}} never confirmed as saved.",
    zh: "除密码外，您的账户还受 {factors} 种验证方式保护，但有 {unsaved} 个恢复代码从未确认已保存。",
  },
  "security.mailbox_alone": {
    en: "Besides your password only your mailbox protects this account, and whoever reads your mail may get both.",
    zh: "除密码外，此账户仅由您的邮箱保护，而能查看您邮件的人可能同时取得两者。",
  },
  "security.all_closed": {
    en: "After too many wrong codes {count, plural, one {your second factor is closed} other {your second factors are closed}}: until {count, plural, one {it is} other {one is}} set up again, the second step is a recovery code, and you have {codes, plural, =0 {none} one {one} other {#}}.",
    zh: "由于错误次数过多，您的 {count} 种第二重验证方式已停用：重新设置之前，第二步验证只能使用恢复代码，您有 {codes} 个。",
  },
  "security.some_closed": {
    en: "After too many wrong codes {count, plural, one {one of your second factors is closed and protects} other {# of your second factors are closed and protect}} nothing.",
    zh: "由于错误次数过多，您有 {count} 种第二重验证方式已停用，不再起保护作用。",
  },
  "security.closed_elsewhere": {
    en: "After too many wrong codes {count, plural, one {one of your second factors works} other {# of your second factors work}} only in browsers that know you.",
    zh: "由于错误次数过多，您有 {count} 种第二重验证方式只能在您用过的浏览器中使用。",
  },
  "security.unprotected": {
    en: "Only your password protects this account.",
    zh: "此账户目前只有密码保护。",
  },
  "security.add_first_link": {
    en: "Set up a second step, so that a stolen password alone opens nothing",
    zh: "设置第二重验证，这样即使密码被盗也无法登录",
  },
  "security.add_stronger_link": { en: "Add a stronger way in", zh: "添加更强的验证方式" },
  "security.add_second_link": { en: "Add a second way in: you have only one", zh: "再添加一种验证方式：目前只有一种" },
  "security.set_up_again_link": { en: "Set it up again", zh: "重新设置" },
  "security.make_codes_link": { en: "Make recovery codes", zh: "生成恢复代码" },
  "security.make_codes_again_link": { en: "Make new recovery codes and save them", zh: "生成新的恢复代码并保存" },
  "security.came_by_recovery": {
    en: "You proved who you are with a recovery code. If what you normally use is lost or broken, replace it now: “Manage” beside it does that.",
    zh: "您刚才使用了恢复代码证明身份。如果平时使用的方式已丢失或损坏，请现在替换：点击它旁边的“管理”。",
  },
  "security.must_enrol": {
    en: "Your organisation asks for a second factor. Set one up to go on.",
    zh: "您的组织要求使用第二重验证。请完成设置以继续。",
  },
  "security.must_enrol_more": {
    en: "Your organisation asks for {missing, plural, one {one more second factor} other {# more second factors}}. Set {missing, plural, one {it} other {them}} up to go on.",
    zh: "您的组织要求再设置 {missing} 种第二重验证方式。请完成设置以继续。",
  },
  "security.must_enrol_besides_email": {
    en: "Your organisation asks for {missing, plural, one {a second factor} other {# second factors}} besides codes by email, which do not count here. Set {missing, plural, one {it} other {them}} up to go on.",
    zh: "您的组织要求设置 {missing} 种第二重验证方式，邮件验证码不计算在内。请完成设置以继续。",
  },
  "security.demand_comes": {
    en: "From {day} your organisation asks for {count, plural, one {a second factor} other {# second factors}}. Set {missing, plural, one {one} other {#}} up now; it takes two minutes.",
    zh: "自{day}起，您的组织要求使用{count, plural, =1 {第二重验证} other { # 种第二重验证方式}}。请现在设置 {missing} 种，只需两分钟。",
  },
  "security.back_link": { en: "Account security", zh: "账户安全" },
  "lock.link": { en: "Lock my account", zh: "锁定我的账户" },
  "lock.page_title": { en: "Lock my account", zh: "锁定我的账户" },
  "lock.question_title": { en: "Lock your account?", zh: "要锁定您的账户吗？" },
  "lock.ends": {
    en: "For when you think that somebody else is in it. Everybody is logged out at once, you too, no browser is known or trusted any more, and your password lets nobody in.",
    zh: "当您怀疑有人进入了您的账户时使用。所有登录（包括您自己的）会立即退出，不再有已知或受信任的浏览器，凭您的密码也无法再登录。",
  },
  "lock.back": {
    en: "You cannot undo it here. {old, select, yes {Your present password then leads to a new one at the login, where your strongest second factor and a recovery code are asked beside it. } other {}}{told, select, no {This portal sends no letters: {old, select, yes {without these only} other {only}} whoever runs this portal can give you a link to a new password, so tell them yourself.} other {{way, select, administrators {{old, select, yes {Without these only} other {Only}} whoever runs this portal can give you a link to a new password: for your account a letter is not enough.} other {“Forgot your password?” on the login page leads to a new one, or whoever runs this portal gives you a link.}} The administrators are told, and so are you, at every address that you have confirmed.}}",
    zh: "此操作无法在这里撤销。{old, select, yes {之后在登录页输入现在的密码，再通过您最强的第二重验证方式和一个恢复代码的验证，即可设置新密码。} other {}}{told, select, no {此门户不发送邮件：{old, select, yes {否则，只有} other {只有}}门户的管理员能给您设置新密码的链接，请自行告知。} other {{way, select, administrators {{old, select, yes {否则，只有} other {只有}}门户的管理员能给您设置新密码的链接：仅凭邮件不足以恢复您的账户。} other {您可通过登录页的“忘记密码？”设置新密码，或向门户的管理员索要链接。}}管理员会收到通知，您已确认的所有地址也会收到通知。}}",
  },
  "lock.back_admin": {
    en: "You cannot undo it here. {old, select, yes {Your present password then leads to a new one at the login, where your strongest second factor and a recovery code are asked beside it. } other {}}{told, select, no {This portal sends no letters: {old, select, yes {without these only} other {only}} whoever can run commands where this portal runs can give you a link to a new password, so tell them yourself.} other {{way, select, administrators {{old, select, yes {Without these only} other {Only}} whoever can run commands where this portal runs can give you a link to a new password: for your account a letter is not enough.} other {“Forgot your password?” on the login page leads to a new one, or whoever can run commands where this portal runs gives you a link.}} The administrators are told, and so are you, at every address that you have confirmed.}}",
    zh: "此操作无法在这里撤销。{old, select, yes {之后在登录页输入现在的密码，再通过您最强的第二重验证方式和一个恢复代码的验证，即可设置新密码。} other {}}{told, select, no {此门户不发送邮件：{old, select, yes {否则，只有} other {只有}}能在门户所在机器上运行命令的人能给您设置新密码的链接，请自行告知。} other {{way, select, administrators {{old, select, yes {否则，只有} other {只有}}能在门户所在机器上运行命令的人能给您设置新密码的链接：仅凭邮件不足以恢复您的账户。} other {您可通过登录页的“忘记密码？”设置新密码，或向能在门户所在机器上运行命令的人索要链接。}}管理员会收到通知，您已确认的所有地址也会收到通知。}}",
  },
  "lock.button": { en: "Lock my account", zh: "锁定我的账户" },
  "lock.keep_link": { en: "Leave it as it is", zh: "保持不变" },
  "lock.done": {
    en: "Your account is locked. {old, select, yes {To choose a new password, log in with the old one: your strongest second factor and a recovery code are asked beside it. } other {}}{way, select, administrators {Whoever runs this portal can give you a link to a new password{old, select, yes { too} other {}}.} other {“Forgot your password?” leads to a new password{old, select, yes { too} other {}}, or whoever runs this portal gives you a link.}}",
    zh: "您的账户已锁定。{old, select, yes {如需设置新密码，请用旧密码登录，并通过您最强的第二重验证方式和一个恢复代码的验证。您也可} other {{way, select, administrators {请} other {您可}}}}{way, select, administrators {向门户的管理员索要设置新密码的链接。} other {通过“忘记密码？”设置新密码，或向门户的管理员索要链接。}}",
  },
  "security.password_title": { en: "Password", zh: "密码" },
  "security.password_changed": { en: "Last changed {when}.", zh: "上次更改：{when}。" },
  "security.password_link": { en: "Change password", zh: "更改密码" },
  "security.factors_title": { en: "Second factors", zh: "第二重验证" },
  "security.factors_none": {
    en: "You have none yet. With one, whoever steals your password is still kept out.",
    zh: "您还没有设置。设置后，即使密码被盗，他人也无法登录。",
  },
  "security.factors_some": {
    en: "{count, plural, one {One is set up.} other {# are set up.}}",
    zh: "已设置 {count} 种。",
  },
  "security.add_factor_button": { en: "Add authenticator app", zh: "添加身份验证器应用" },
  "security.both_doors_text": {
    en: "With a passkey you log in without your password, and nobody can lure it out of you.",
    zh: "使用通行密钥登录无需密码，而且无人能骗走它。",
  },
  "security.both_doors_moved": {
    en: "This portal has moved, and your passkey belongs to its former address: it works only for as long as that one still answers. Make one for this address.",
    zh: "此门户已更换地址，您的通行密钥属于旧地址，仅在旧地址仍然可用时有效。请为新地址创建一个。",
  },
  "security.not_now_button": { en: "Not now", zh: "以后再说" },
  "security.add_another_button": { en: "Add a second factor", zh: "添加第二重验证" },
  "security.manage_link": { en: "Manage", zh: "管理" },
  "security.apart_label": { en: "{name}, added on {added}", zh: "{name}（添加于 {added}）" },
  "security.manage_label": { en: "Manage {label}", zh: "管理 {label}" },
  "security.quarantined_label": { en: "Set up again", zh: "需重新设置" },
  "security.added_used": { en: "Added {added}, last used {used}.", zh: "添加于 {added}，上次使用：{used}。" },
  "security.added_unused": { en: "Added {added}, not used since.", zh: "添加于 {added}，尚未使用。" },
  "security.codes_title": { en: "Recovery codes", zh: "恢复代码" },
  "security.codes_left": {
    en: "{count, plural, =0 {No code is left. Make a new set.} one {One code is left. Make a new set soon.} other {# codes are left.}}",
    zh: "{count, plural, =0 {没有剩余代码。请生成新的一组。} other {剩余 # 个代码。}}",
  },
  "security.codes_link": { en: "Manage recovery codes", zh: "管理恢复代码" },
  "password.page_title": { en: "Change password", zh: "更改密码" },
  "password.page_intro": {
    en: "Every other browser where you are logged in will be logged out.",
    zh: "更改后，其他浏览器将退出登录。",
  },
  "password.current_label": { en: "Current password", zh: "当前密码" },
  "password.new_label": { en: "New password", zh: "新密码" },
  "password.submit_button": { en: "Change password", zh: "更改密码" },
  "notice.password_changed": {
    en: "Your password is changed. {count, plural, =0 {You were logged in nowhere else.} one {One other session was ended.} other {# other sessions were ended.}}",
    zh: "密码已更改。{count, plural, =0 {您没有在其他地方登录。} other {其他 # 处登录已退出。}}",
  },
  "notice.factor_bound": {
    en: "Your second factor is set up. {count, plural, =0 {You were logged in nowhere else.} one {One other session was ended.} other {# other sessions were ended.}}",
    zh: "第二重验证已设置。{count, plural, =0 {您没有在其他地方登录。} other {其他 # 处登录已退出。}}",
  },
  "notice.factor_replaced": {
    en: "The new one is set up, and the one before opens nothing any more. {count, plural, =0 {You were logged in nowhere else.} one {One other session was ended.} other {# other sessions were ended.}}",
    zh: "新的验证方式已设置，之前的已失效。{count, plural, =0 {您没有在其他地方登录。} other {其他 # 处登录已退出。}}",
  },
  "notice.factor_removed": {
    en: "The second factor is removed. {count, plural, =0 {You were logged in nowhere else.} one {One other session was ended.} other {# other sessions were ended.}}",
    zh: "第二重验证已移除。{count, plural, =0 {您没有在其他地方登录。} other {其他 # 处登录已退出。}}",
  },
  "notice.codes_saved": {
    en: "Good. Your recovery codes are ready for the day you need them.",
    zh: "恢复代码已备好，需要时即可使用。",
  },
} as const satisfies Words;
